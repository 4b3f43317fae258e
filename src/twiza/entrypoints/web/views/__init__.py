"""Parse, call one service or selector, render."""
