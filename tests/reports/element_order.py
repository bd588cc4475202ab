"""The order in which WordprocessingML wants the children of an element (ECMA-376-1, annex A.1).

Word repairs, or refuses, what stands in another; other programs do not mind.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIDES = "top left start bottom right end insideH insideV tl2br tr2bl"
ORDER = {
    name: {child: at for at, child in enumerate(children.split())}
    for name, children in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
        "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
        "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
        "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
        "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
        "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
        "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
        "tcFitText vAlign hideMark",
        "tbl": "tblPr tblGrid tr",
        "tr": "tblPrEx trPr tc",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
        "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
        "rtlGutter docGrid",
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr "
        "rPr",
        "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
        "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
        "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr "
        "trPr tcPr tblStylePr",
        "pBdr": "top left bottom right between bar",
        "tblBorders": _SIDES,
        "tcBorders": _SIDES,
        "tblCellMar": _SIDES,
        "tcMar": _SIDES,
    }.items()
}


def assert_in_order(data: bytes) -> None:
    """Raises AssertionError, naming element and child, for the first that stands wrong."""
    for node in etree.fromstring(data).iter(*(f"{_W}{name}" for name in ORDER)):
        name = etree.QName(node).localname
        order, last = ORDER[name], -1
        for child in _own(node):
            assert child in order, (name, child)
            # headers and footers may stand mixed, all others as they are listed
            place = order[child] if child != "footerReference" else order["headerReference"]
            assert place >= last, (name, child)
            last = place


def _own(node: Any) -> list[str]:
    return [
        etree.QName(child).localname
        for child in node
        if isinstance(child.tag, str) and child.tag.startswith(_W)
    ]
