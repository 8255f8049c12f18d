package io.rserpool.services.fractal;

import io.rserpool.client.host.ServiceSession;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;

/// One picture on its way out, with cookies from which another element can go on.
final class Rendering {

  /// About a millisecond of computing, after which other sessions have a turn: virtual threads are
  /// not interrupted by themselves.
  private static final long TURN_ITERATIONS = 1_000_000;

  private final ServiceSession session;
  private final FractalSettings settings;
  private final LongSupplier clock;
  private final FractalMessage.Parameter parameter;
  private final Fractal fractal;
  private final int[] points = new int[FractalMessage.Data.POINTS_MAX];
  private int count;
  private long startX;
  private long startY;

  /// The next point.
  private long x;

  private long y;
  private long iterations;
  private long dataNs;
  private long cookieNs;
  private long messages;
  private long messagesAtCookie;

  Rendering(
      ServiceSession session, FractalSettings settings, LongSupplier clock, FractalCookie from) {
    this.session = session;
    this.settings = settings;
    this.clock = clock;
    this.parameter = from.parameter();
    this.fractal = new Fractal(parameter);
    this.x = from.currentX();
    this.y = from.currentY();
  }

  /// Computes and sends.
  ///
  /// @return whether the session goes on
  boolean run() throws IOException {
    dataNs = clock.getAsLong();
    sendCookie();
    while (y < parameter.height()) {
      while (x < parameter.width()) {
        if (!add()) {
          return false;
        }
      }
      x = 0;
      y++;
    }
    sendData();
    session.send(FractalMessage.Data.FINALIZER.encode());
    return true;
  }

  /// Computes the next point; false when the session is to end.
  private boolean add() throws IOException {
    if (count == 0) {
      startX = x;
      startY = y;
    }
    int value = fractal.valueAt(x, y);
    x++;
    points[count++] = value;
    iterations += value;
    if (count == points.length) {
      sendData();
      return goesOn();
    }
    if (iterations >= TURN_ITERATIONS) {
      takeTurns();
      return goesOn();
    }
    return true;
  }

  @SuppressWarnings("ThreadPriorityCheck") // Only fairness depends on it.
  private void takeTurns() throws IOException {
    iterations = 0;
    if (clock.getAsLong() - dataNs >= settings.dataTime().toNanos()) {
      sendData();
    }
    Thread.yield();
  }

  private boolean goesOn() throws IOException {
    boolean fails = settings.failureAfter() > 0 && messages >= settings.failureAfter();
    if (fails || session.isEnding()) {
      sendData();
      sendCookie();
      return false;
    }
    boolean isCookieDue =
        messages - messagesAtCookie >= settings.cookieMessages()
            || clock.getAsLong() - cookieNs >= settings.cookieTime().toNanos();
    if (isCookieDue && count == 0) {
      sendCookie();
    }
    return true;
  }

  private void sendData() throws IOException {
    if (count > 0) {
      int[] values = Arrays.copyOf(points, count);
      session.send(new FractalMessage.Data(startX, startY, values).encode());
      count = 0;
      messages++;
    }
    dataNs = clock.getAsLong();
  }

  /// Everything before the next point has been sent.
  private void sendCookie() throws IOException {
    long rowDone = x < parameter.width() ? 0 : 1;
    session.sendCookie(new FractalCookie(parameter, rowDone == 1 ? 0 : x, y + rowDone).encode());
    cookieNs = clock.getAsLong();
    messagesAtCookie = messages;
  }
}
