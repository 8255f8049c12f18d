package io.rserpool.cli.demo;

import io.rserpool.services.fractal.PictureRequest;

/// The picture of the demonstration: large, in many tiles, and as deep as this machine computes in
/// about the time that a person watches gladly.
final class DemoPicture {
  private static final int WIDTH = 1_920;
  private static final int HEIGHT = 1_440;
  private static final int TILE = 120;
  private static final int SESSIONS = 4;
  private static final double SECONDS = 12;

  /// The set's area is 1.5 of the 8.3 that the picture covers, and its points cost nearly
  /// everything.
  private static final double SHARE_OF_SET = 0.18;

  private static final int ITERATIONS_MIN = 500;
  private static final int ITERATIONS_MAX = 100_000;

  private DemoPicture() {}

  static PictureRequest request() {
    int processors = Math.min(SESSIONS, Runtime.getRuntime().availableProcessors());
    double iterations =
        SECONDS * processors * Speed.iterationsPerSecond() / (SHARE_OF_SET * WIDTH * HEIGHT);
    return PictureRequest.of(WIDTH, HEIGHT)
        .withMaxIterations((int) Math.clamp(iterations, ITERATIONS_MIN, ITERATIONS_MAX))
        .withTiles(TILE, TILE)
        .withSessions(SESSIONS);
  }
}
