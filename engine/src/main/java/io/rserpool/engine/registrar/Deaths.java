package io.rserpool.engine.registrar;

/// Takes note that [Verdicts] has found an element dead.
@FunctionalInterface
interface Deaths {
  void dead(Registration registration, DeathSource source, String detail);
}
