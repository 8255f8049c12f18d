package io.rserpool.services.calculation;

import io.rserpool.client.host.PayloadProtocol;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceSession;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.message.MessageHeader;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The element's side of CalcApp: pretends to calculate, at a capacity that its jobs share. Cookies
/// say how far a job has come, so that another element can go on with it.
public final class CalculationService implements Service {

  /// The pool that rsplib's programs use.
  public static final PoolHandle POOL = PoolHandle.of("CalcAppPool");

  private static final PayloadProtocol PROTOCOL =
      new PayloadProtocol(CalculationMessage.PPID, CalculationMessage.SIZE, MessageHeader.BOUNDS);

  /// Jobs look whether they are to end several times as often.
  private static final Duration FAREWELL_TIME = Duration.ofMillis(500);

  private final CalculationSettings settings;
  private final LongSupplier clock;
  private final boolean isFarewellGiven;
  private final Capacity capacity;

  /// A service with [CalculationSettings#defaults].
  public CalculationService() {
    this(CalculationSettings.defaults());
  }

  /// A service with other settings.
  public CalculationService(CalculationSettings settings) {
    this(settings, System::nanoTime, RandomGenerator.getDefault());
  }

  CalculationService(CalculationSettings settings, LongSupplier clock, RandomGenerator random) {
    this.settings = settings;
    this.clock = clock;
    this.isFarewellGiven = random.nextDouble() < settings.cleanShutdownProbability();
    this.capacity = new Capacity(settings.capacity(), settings.jobsMax());
  }

  @Override
  public String label() {
    return "calculation";
  }

  @Override
  public PayloadProtocol protocol() {
    return PROTOCOL;
  }

  /// The jobs count, not the sessions.
  @Override
  public double load(int sessions, int sessionsMax) {
    return capacity.load();
  }

  /// It sleeps instead.
  @Override
  public boolean computes() {
    return false;
  }

  @Override
  public Duration farewellTime() {
    return FAREWELL_TIME;
  }

  @Override
  public void serve(ServiceSession session) throws IOException {
    Workplace workplace = new Workplace(session, settings, capacity, clock, isFarewellGiven);
    try {
      workplace.run();
    } finally {
      workplace.drop();
    }
  }
}
