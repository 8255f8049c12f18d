package io.rserpool.services.fractal;

import java.util.ArrayList;
import java.util.List;

/// Which picture to compute, and how to cut it. A value; start with [#of] and change what differs.
///
/// @param width of the whole picture in points
/// @param height of the whole picture in points
/// @param maxIterations where a point is given up
/// @param algorithm how a point is computed
/// @param c1Real the corner of point (0, 0)
/// @param c1Imag the corner of point (0, 0)
/// @param c2Real the corner opposite
/// @param c2Imag the corner opposite
/// @param exponent for [Algorithm#MANDELBROT_N]
/// @param tileWidth of one tile; the last ones of a row may be narrower
/// @param tileHeight of one tile; the last ones of a column may be lower
/// @param sessions how many tiles are computed at once, each through a session of its own
public record PictureRequest(
    int width,
    int height,
    int maxIterations,
    Algorithm algorithm,
    double c1Real,
    double c1Imag,
    double c2Real,
    double c2Imag,
    double exponent,
    int tileWidth,
    int tileHeight,
    int sessions) {

  /// Points of the largest picture: its values take 256 MiB.
  private static final long POINTS_MAX = 1L << 26;

  public PictureRequest {
    between("width", width, 1, FractalMessage.Parameter.SIDE_MAX);
    between("height", height, 1, FractalMessage.Parameter.SIDE_MAX);
    between("maximum of iterations", maxIterations, 1, FractalMessage.Parameter.ITERATIONS_MAX);
    between("tile width", tileWidth, 1, width);
    between("tile height", tileHeight, 1, height);
    between("number of sessions", sessions, 1, 1_000);
    if ((long) width * height > POINTS_MAX) {
      throw new IllegalArgumentException(
          "a picture has at most %d points, but this has %d by %d"
              .formatted(POINTS_MAX, width, height));
    }
  }

  private static void between(String what, int given, int least, int most) {
    if (given < least || given > most) {
      throw new IllegalArgumentException(
          "a %s is %d to %d, but this is %d".formatted(what, least, most, given));
    }
  }

  /// The whole Mandelbrot set in tiles of 64 by 64 points, 8 at once.
  public static PictureRequest of(int width, int height) {
    // The sets of rsplib lie mirrored, since they compute z^2 - c.
    double centre = 0.65;
    double halfHeight = 1.25;
    double halfWidth = halfHeight * width / height;
    return new PictureRequest(
        width,
        height,
        1_000,
        Algorithm.MANDELBROT,
        centre - halfWidth,
        halfHeight,
        centre + halfWidth,
        -halfHeight,
        2.0,
        Math.min(64, width),
        Math.min(64, height),
        8);
  }

  /// The same between other corners.
  public PictureRequest withCorners(
      double newC1Real, double newC1Imag, double newC2Real, double newC2Imag) {
    return new PictureRequest(
        width,
        height,
        maxIterations,
        algorithm,
        newC1Real,
        newC1Imag,
        newC2Real,
        newC2Imag,
        exponent,
        tileWidth,
        tileHeight,
        sessions);
  }

  /// The same with another limit for each point.
  public PictureRequest withMaxIterations(int newMaxIterations) {
    return new PictureRequest(
        width,
        height,
        newMaxIterations,
        algorithm,
        c1Real,
        c1Imag,
        c2Real,
        c2Imag,
        exponent,
        tileWidth,
        tileHeight,
        sessions);
  }

  /// The same cut into other tiles.
  public PictureRequest withTiles(int newTileWidth, int newTileHeight) {
    return new PictureRequest(
        width,
        height,
        maxIterations,
        algorithm,
        c1Real,
        c1Imag,
        c2Real,
        c2Imag,
        exponent,
        newTileWidth,
        newTileHeight,
        sessions);
  }

  /// The same with another number of tiles at once.
  public PictureRequest withSessions(int newSessions) {
    return new PictureRequest(
        width,
        height,
        maxIterations,
        algorithm,
        c1Real,
        c1Imag,
        c2Real,
        c2Imag,
        exponent,
        tileWidth,
        tileHeight,
        newSessions);
  }

  /// The tiles, row by row; together they cover every point once.
  public List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    for (int y = 0; y < height; y += tileHeight) {
      for (int x = 0; x < width; x += tileWidth) {
        tiles.add(
            new Tile(
                tiles.size(),
                x,
                y,
                Math.min(tileWidth, width - x),
                Math.min(tileHeight, height - y)));
      }
    }
    return tiles;
  }

  /// What to ask an element for one tile.
  FractalMessage.Parameter parameterOf(Tile tile) {
    double stepX = (c2Real - c1Real) / width;
    double stepY = (c2Imag - c1Imag) / height;
    return new FractalMessage.Parameter(
        tile.width(),
        tile.height(),
        maxIterations,
        algorithm.code(),
        c1Real + tile.x() * stepX,
        c1Imag + tile.y() * stepY,
        c1Real + (tile.x() + tile.width()) * stepX,
        c1Imag + (tile.y() + tile.height()) * stepY,
        exponent);
  }
}
