package io.rserpool.engine.turn;

/// Something that is to be done at a certain time.
@FunctionalInterface
public interface Due {

  /// Does it.
  void run();
}
