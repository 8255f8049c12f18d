package io.rserpool.engine.element;

import io.rserpool.engine.Engine;

/// How long the home registrar may be silent before the element probes it by registering again:
/// 2.5 times the longest of the last five gaps between its keep-alives, but never less than a
/// minimum.
/// A registrar with very many elements sends them more rarely, and the watch follows.
final class HomeWatch {

  private static final int GAPS = 5;

  private final long minNs;
  private final long unknownNs;
  private final long[] gapsNs = new long[GAPS];
  private int gaps;
  private long lastKeepAliveNs = Engine.NEVER;
  private long heardNs;

  HomeWatch(ElementSettings settings) {
    minNs = settings.homeSilenceMin().toNanos();
    unknownNs = settings.homeSilenceUnknown().toNanos();
  }

  /// Another registrar is the home: nothing is known of its keep-alives.
  void reset(long nowNs) {
    gaps = 0;
    lastKeepAliveNs = Engine.NEVER;
    heardNs = nowNs;
  }

  /// Something came from the home.
  void heard(long nowNs) {
    heardNs = nowNs;
  }

  /// Whether the home has said nothing for so long that a hint from elsewhere is taken.
  boolean isQuiet(long nowNs) {
    return nowNs - heardNs >= minNs / 2;
  }

  /// The home has sent a keep-alive.
  void keepAlive(long nowNs) {
    if (lastKeepAliveNs != Engine.NEVER) {
      gapsNs[gaps % GAPS] = nowNs - lastKeepAliveNs;
      gaps++;
    }
    lastKeepAliveNs = nowNs;
  }

  /// When the home counts as silent if nothing is heard from `nowNs` on; [Engine#NEVER] if it is
  /// not
  /// known to send keep-alives.
  long deadlineNs(long nowNs) {
    if (gaps == 0) {
      return unknownNs == 0 ? Engine.NEVER : nowNs + unknownNs;
    }
    long longestNs = 0;
    for (int i = 0; i < Math.min(gaps, GAPS); i++) {
      longestNs = Math.max(longestNs, gapsNs[i]);
    }
    return nowNs + Math.max(minNs, longestNs * 5 / 2);
  }
}
