"""Parse, call one service or selector, render or lead on."""
