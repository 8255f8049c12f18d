package io.rserpool.services.fractal;

import io.rserpool.protocol.ElementId;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/// A complete picture: the value of every point, who computed each tile, and the moves on the way.
public final class Picture {

  private final PictureRequest request;
  private final int[] values;
  private final List<ElementId> elements;
  private final List<Move> moves;

  Picture(PictureRequest request, int[] values, List<ElementId> elements, List<Move> moves) {
    this.request = request;
    this.values = values.clone();
    this.elements = List.copyOf(elements);
    this.moves = List.copyOf(moves);
  }

  /// What was asked for.
  public PictureRequest request() {
    return request;
  }

  /// The iterations of a point.
  public int valueAt(int x, int y) {
    return values[y * request.width() + x];
  }

  /// Who computed each tile, in the order of [PictureRequest#tiles].
  public List<ElementId> elements() {
    return elements;
  }

  /// How many tiles each element computed, in the order of their first tile.
  public Map<ElementId, Integer> tilesByElement() {
    Map<ElementId, Integer> counts = new LinkedHashMap<>();
    elements.forEach(element -> counts.merge(element, 1, Integer::sum));
    return counts;
  }

  /// The moves of sessions after which a result came, in the order of these results.
  public List<Move> moves() {
    return moves;
  }

  /// The picture in colours, each tile tinted by the element that computed it.
  public BufferedImage toImage() {
    BufferedImage image =
        new BufferedImage(request.width(), request.height(), BufferedImage.TYPE_INT_RGB);
    Palette palette = new Palette(request.maxIterations());
    for (Tile tile : request.tiles()) {
      ElementId element = elements.get(tile.index());
      for (int y = tile.y(); y < tile.y() + tile.height(); y++) {
        for (int x = tile.x(); x < tile.x() + tile.width(); x++) {
          image.setRGB(x, y, palette.colour(element, valueAt(x, y)));
        }
      }
    }
    return image;
  }

  /// Writes [#toImage] as PNG.
  ///
  /// @throws UncheckedIOException if the file cannot be written
  public void writePng(Path file) {
    try {
      if (!ImageIO.write(toImage(), "png", file.toFile())) {
        throw new IOException("this Java cannot write PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file + ": " + e.getMessage(), e);
    }
  }
}
