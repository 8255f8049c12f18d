package io.rserpool.services.fractal;

/// A rectangle of the picture.
///
/// @param index counted row by row from 0
public record Tile(int index, int x, int y, int width, int height) {}
