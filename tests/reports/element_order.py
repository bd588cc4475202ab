"""The order in which WordprocessingML and the drawings in it want the children of an element
(ECMA-376-1, annexes A.1 and A.4).

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
        "numPr": "ilvl numId numberingChange ins",
        "styles": "docDefaults latentStyles style",
        "sdt": "sdtPr sdtEndPr sdtContent",
    }.items()
}
_FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr"}
"""What these elements are like stands before what is in them, once."""
DRAWN = {
    f"{{http://schemas.openxmlformats.org/drawingml/2006/{name}": children.split()
    for name, children in {
        "wordprocessingDrawing}inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
        "main}graphic": "graphicData",
        "picture}pic": "nvPicPr blipFill spPr",
        "picture}nvPicPr": "cNvPr cNvPicPr",
        "picture}blipFill": "blip srcRect tile stretch",
        "picture}spPr": "xfrm custGeom prstGeom noFill solidFill gradFill blipFill pattFill "
        "grpFill ln effectLst effectDag scene3d sp3d extLst",
        "main}xfrm": "off ext",
    }.items()
}


def assert_in_order(data: bytes) -> None:
    """Raises AssertionError, naming element and child, for the first that stands wrong."""
    root = etree.fromstring(data)
    for node in root.iter(*(f"{_W}{name}" for name in _FIRST)):
        name = etree.QName(node).localname
        assert _FIRST[name] not in _own(node)[1:], name
    for node in root.iter(*DRAWN):
        places = [DRAWN[node.tag].index(etree.QName(child).localname) for child in node]
        assert places == sorted(places), (node.tag, places)
    for node in root.iter(*(f"{_W}{name}" for name in ORDER)):
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
