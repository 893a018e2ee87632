"""Recognisers: chords, key, beats, drum strokes and notes heard in sound."""
