package io.rserpool.services.fractal;

import io.rserpool.protocol.ElementId;
import java.awt.Color;
import java.util.HashMap;
import java.util.Map;

/// Colours of a picture's points, tinted by the elements that computed them: each new element gets
/// the next hue. For one thread.
public final class Palette {

  /// Turns of the colour circle between two elements; the golden section keeps any number apart.
  private static final float HUE_STEP = 0.618_034f;

  private final int maxIterations;
  private final Map<ElementId, Integer> order = new HashMap<>();

  /// A palette that knows no element yet.
  ///
  /// @param maxIterations the value of points that never escaped
  public Palette(int maxIterations) {
    this.maxIterations = maxIterations;
  }

  /// The colour of a point as red, green and blue, 8 bits each. The set itself is dark; outside it is
  /// the brighter the later a point escapes.
  public int colour(ElementId element, int value) {
    float hue = order.computeIfAbsent(element, _ -> order.size()) * HUE_STEP;
    if (value >= maxIterations) {
      return Color.HSBtoRGB(hue, 0.8f, 0.12f) & 0xff_ffff;
    }
    double share = Math.log1p(value) / Math.log1p(maxIterations);
    return Color.HSBtoRGB(hue, (float) (0.75 - 0.5 * share), (float) (0.35 + 0.65 * share))
        & 0xff_ffff;
  }
}
