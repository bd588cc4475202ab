"""Rules: conditions on a mail, decisions about its incident."""

from processor.rules.conditions import PatternError
from processor.rules.engine import Engine
from processor.rules.examples import ExampleFault, check_examples
from processor.rules.explain import Finding, RuleAccount, explain

__all__ = [
    "Engine",
    "ExampleFault",
    "Finding",
    "PatternError",
    "RuleAccount",
    "check_examples",
    "explain",
]
