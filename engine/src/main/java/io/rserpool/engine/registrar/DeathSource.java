package io.rserpool.engine.registrar;

/// By what a registrar knows that an element is dead, the strongest first; [Verdicts] weighs them.
public enum DeathSource {
  /// Its registration ran out.
  LIFETIME("lifetime"),
  /// Its association is lost and nobody answers at its address.
  TRANSPORT("transport"),
  /// It does not answer keep-alives.
  KEEP_ALIVE("keep-alive"),
  /// Several users could not reach it.
  REPORTS("reports");

  private final String text;

  DeathSource(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
