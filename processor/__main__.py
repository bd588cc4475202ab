"""``python -m processor`` is the ``postdesk`` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line; it ends the process with the exit status of spec 8."""
    from processor.cli.app import run

    run()


if __name__ == "__main__":
    main()
