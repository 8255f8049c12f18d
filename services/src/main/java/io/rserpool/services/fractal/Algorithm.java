package io.rserpool.services.fractal;

/// How a point of the picture is computed; the numbers are those of the wire.
public enum Algorithm {
  /// z squared minus c.
  MANDELBROT(1),
  /// z to the power of N, minus c.
  MANDELBROT_N(2);

  private final int code;

  Algorithm(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }
}
