package io.rserpool.services.fractal;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.client.host.PayloadProtocol;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceSession;
import io.rserpool.client.host.SessionInput;
import io.rserpool.client.host.ViolationException;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.message.MessageHeader;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The element's side of the Fractal Generator Protocol: a Parameter in, the points of that picture
/// out, then the next one. Another element goes on from the last cookie. A user that asks for what
/// cannot be loses its session.
public final class FractalService implements Service {

  /// The pool that rsplib's programs use.
  public static final PoolHandle POOL = PoolHandle.of("FractalGeneratorPool");

  private static final PayloadProtocol PROTOCOL =
      new PayloadProtocol(FractalMessage.PPID, FractalMessage.Parameter.SIZE, MessageHeader.BOUNDS);

  /// Pictures look whether they are to end many times as often.
  private static final Duration FAREWELL_TIME = Duration.ofMillis(500);

  private final FractalSettings settings;
  private final LongSupplier clock;

  /// A service with [FractalSettings#defaults].
  public FractalService() {
    this(FractalSettings.defaults());
  }

  /// A service with other settings.
  public FractalService(FractalSettings settings) {
    this(settings, System::nanoTime);
  }

  FractalService(FractalSettings settings, LongSupplier clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String label() {
    return "fractal";
  }

  @Override
  public PayloadProtocol protocol() {
    return PROTOCOL;
  }

  @Override
  public Duration farewellTime() {
    return FAREWELL_TIME;
  }

  @Override
  public void serve(ServiceSession session) throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      goesOn =
          switch (session.receive()) {
            case SessionInput.Data(UserMessage message) -> begin(session, message.bytes());
            case SessionInput.CookieEcho(byte[] cookie) -> resume(session, cookie);
            // The host ends sessions with bad cookies.
            case SessionInput.Silence _, SessionInput.CookieRefused _ -> true;
            case SessionInput.End _ -> false;
          };
    }
  }

  private boolean begin(ServiceSession session, byte[] bytes) throws IOException {
    FractalMessage message = FractalMessage.decode(bytes).orElseThrow(ViolationException::new);
    if (!(message instanceof FractalMessage.Parameter parameter)) {
      throw new ViolationException("expected a Parameter, but got " + message);
    }
    return render(session, new FractalCookie(parameter, 0, 0));
  }

  private boolean resume(ServiceSession session, byte[] bytes) throws IOException {
    return render(session, FractalCookie.decode(bytes).orElseThrow(ViolationException::new));
  }

  private boolean render(ServiceSession session, FractalCookie from) throws IOException {
    String objection = from.parameter().objection();
    if (!objection.isEmpty()) {
      throw new ViolationException(objection);
    }
    return new Rendering(session, settings, clock, from).run();
  }
}
