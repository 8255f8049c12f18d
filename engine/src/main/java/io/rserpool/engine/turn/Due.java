package io.rserpool.engine.registrar;

/// Something that is to be done at a certain time.
@FunctionalInterface
interface Due {

  /// Does it.
  void run();
}
