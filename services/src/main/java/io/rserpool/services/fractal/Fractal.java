package io.rserpool.services.fractal;

/// Computes single points. Sign of c and bound are rsplib's, so that the pictures are the same.
final class Fractal {

  private static final double BOUND = 2.0;

  private final FractalMessage.Parameter parameter;
  private final double stepX;
  private final double stepY;

  Fractal(FractalMessage.Parameter parameter) {
    this.parameter = parameter;
    this.stepX = (parameter.c2Real() - parameter.c1Real()) / parameter.width();
    this.stepY = (parameter.c2Imag() - parameter.c1Imag()) / parameter.height();
  }

  /// The number of iterations that point (x, y) takes to escape, or the maximum.
  int valueAt(long x, long y) {
    double cReal = parameter.c1Real() + x * stepX;
    double cImag = parameter.c1Imag() + y * stepY;
    int max = (int) parameter.maxIterations();
    return parameter.algorithmId() == Algorithm.MANDELBROT.code()
        ? square(cReal, cImag, max)
        : power(cReal, cImag, max);
  }

  /// z = z^2 - c.
  private static int square(double cReal, double cImag, int max) {
    double zReal = 0;
    double zImag = 0;
    for (int i = 0; i < max; i++) {
      double real = zReal * zReal - zImag * zImag - cReal;
      zImag = 2 * zReal * zImag - cImag;
      zReal = real;
      if (zReal * zReal + zImag * zImag >= BOUND) {
        return i;
      }
    }
    return max;
  }

  /// z = z^N - c, the complex power by magnitude and angle.
  private int power(double cReal, double cImag, int max) {
    double zReal = 0;
    double zImag = 0;
    for (int i = 0; i < max; i++) {
      double magnitude = Math.pow(zReal * zReal + zImag * zImag, parameter.n() / 2);
      double angle = parameter.n() * Math.atan2(zImag, zReal);
      zReal = magnitude * Math.cos(angle) - cReal;
      zImag = magnitude * Math.sin(angle) - cImag;
      if (zReal * zReal + zImag * zImag >= BOUND) {
        return i;
      }
    }
    return max;
  }
}
