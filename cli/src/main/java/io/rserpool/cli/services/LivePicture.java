package io.rserpool.cli.services;

import io.rserpool.protocol.ElementId;
import io.rserpool.services.fractal.Palette;
import io.rserpool.services.fractal.PictureRequest;
import io.rserpool.services.fractal.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A picture as it grows, small enough for a terminal of 80 columns and 24 lines: each character is
/// two points, one above the other, in colours of the palette of 256. For one thread.
final class LivePicture {
  private static final int WIDTH_MAX = 78;
  private static final int HEIGHT_MAX = 40;
  private static final int OPEN = -1;

  /// The grey in which tiles wait.
  private static final int OPEN_COLOUR = 236;

  /// Where the cube of six shades for each of red, green and blue begins.
  private static final int CUBE = 16;

  private static final String UPPER_HALF = "\u2580";

  private final PictureRequest request;
  private final Palette palette;
  private final int width;
  private final int height;
  private final int[] points;

  LivePicture(PictureRequest request) {
    this.request = request;
    this.palette = new Palette(request.maxIterations());
    double scale =
        Math.min(
            1,
            Math.min(WIDTH_MAX / (double) request.width(), HEIGHT_MAX / (double) request.height()));
    this.width = Math.max(1, (int) (request.width() * scale));
    this.height = Math.max(1, (int) (request.height() * scale));
    this.points = new int[width * height];
    Arrays.fill(points, OPEN);
  }

  /// Adds a tile.
  void draw(Tile tile, ElementId element, int[] values) {
    for (int row = 0; row < height; row++) {
      int y = (int) ((row + 0.5) * request.height() / height) - tile.y();
      for (int column = 0; column < width && y >= 0 && y < tile.height(); column++) {
        int x = (int) ((column + 0.5) * request.width() / width) - tile.x();
        if (x >= 0 && x < tile.width()) {
          points[row * width + column] =
              cubed(palette.colour(element, values[y * tile.width() + x]));
        }
      }
    }
  }

  /// The nearest colour of the cube.
  private static int cubed(int colour) {
    return CUBE
        + 36 * sixth(colour >> 16 & 0xff)
        + 6 * sixth(colour >> 8 & 0xff)
        + sixth(colour & 0xff);
  }

  private static int sixth(int shade) {
    return (shade * 5 + 127) / 255;
  }

  /// The rows to print.
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < height; row += 2) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < width; column++) {
        int upper = points[row * width + column];
        int lower = row + 1 < height ? points[(row + 1) * width + column] : OPEN;
        text.append("\u001b[38;5;%d;48;5;%dm".formatted(shown(upper), shown(lower)))
            .append(UPPER_HALF);
      }
      rows.add(text.append("\u001b[0m").toString());
    }
    return rows;
  }

  private static int shown(int point) {
    return point == OPEN ? OPEN_COLOUR : point;
  }
}
