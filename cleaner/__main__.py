"""The command line: `cleaner`, or `python -m cleaner`."""

import sys


def main() -> None:
    """Run the command line; an interrupt while it is loaded ends as quietly as a later one."""
    try:
        from cleaner.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
