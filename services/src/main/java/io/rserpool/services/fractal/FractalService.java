package io.rserpool.services.fractal;

import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.host.Service;
import io.rserpool.services.host.ServiceSession;
import io.rserpool.services.message.MessageStream;
import io.rserpool.services.message.ViolationException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// The element's side of the Fractal Generator Protocol: a Parameter in, the points of that picture
/// out, then the next one. A user that asks for what cannot be loses its session.
public final class FractalService implements Service {

  /// The pool that rsplib's programs use.
  public static final PoolHandle POOL = PoolHandle.of("FractalGeneratorPool");

  /// A partly filled message goes out after this time, so that the user sees progress.
  private static final long PARTIAL_NS = TimeUnit.SECONDS.toNanos(1);

  /// About a millisecond of computing, after which other sessions have a turn: virtual threads are
  /// not interrupted by themselves.
  private static final long TURN_ITERATIONS = 1_000_000;

  /// A service without any setting.
  public FractalService() {}

  @Override
  public String label() {
    return "fractal";
  }

  @Override
  public PoolHandle defaultPool() {
    return POOL;
  }

  @Override
  public void serve(ServiceSession session) throws IOException {
    MessageStream requests = new MessageStream(session.input(), FractalMessage.Parameter.SIZE);
    byte[] request = requests.next();
    while (request.length > 0) {
      FractalMessage message = FractalMessage.decode(request).orElseThrow(ViolationException::new);
      if (!(message instanceof FractalMessage.Parameter parameter)) {
        throw new ViolationException("expected a Parameter, but got " + message);
      }
      if (!parameter.objection().isEmpty()) {
        throw new ViolationException(parameter.objection());
      }
      new Rendering(session, parameter).run();
      request = requests.next();
    }
  }

  /// One picture on its way out.
  private static final class Rendering {
    private final ServiceSession session;
    private final FractalMessage.Parameter parameter;
    private final Fractal fractal;
    private final int[] points = new int[FractalMessage.Data.POINTS_MAX];
    private int count;
    private long startX;
    private long startY;
    private long startNs;
    private long iterations;

    Rendering(ServiceSession session, FractalMessage.Parameter parameter) {
      this.session = session;
      this.parameter = parameter;
      this.fractal = new Fractal(parameter);
    }

    void run() throws IOException {
      startNs = System.nanoTime();
      for (long y = 0; y < parameter.height(); y++) {
        for (long x = 0; x < parameter.width(); x++) {
          add(x, y);
        }
      }
      send();
      session.output().write(FractalMessage.Data.FINALIZER.encode());
    }

    private void add(long x, long y) throws IOException {
      if (count == 0) {
        startX = x;
        startY = y;
      }
      int value = fractal.valueAt(x, y);
      points[count++] = value;
      iterations += value;
      if (count == points.length) {
        send();
      }
      if (iterations >= TURN_ITERATIONS) {
        takeTurns();
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Only fairness depends on it.
    private void takeTurns() throws IOException {
      iterations = 0;
      if (session.isEnding()) {
        throw new IOException("the session was ended");
      }
      if (System.nanoTime() - startNs >= PARTIAL_NS) {
        send();
      }
      Thread.yield();
    }

    private void send() throws IOException {
      if (count > 0) {
        int[] values = Arrays.copyOf(points, count);
        session.output().write(new FractalMessage.Data(startX, startY, values).encode());
        count = 0;
      }
      startNs = System.nanoTime();
    }
  }
}
