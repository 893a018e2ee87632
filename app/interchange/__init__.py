"""Other programs' files: MIDI and chord labels, in and out."""
