"""Run the program as ``python -m realist``."""

from realist.cli import main

if __name__ == "__main__":
    main()
