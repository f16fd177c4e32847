"""Text of other programs to plain records and back: streaming, lossless, with line numbers."""
