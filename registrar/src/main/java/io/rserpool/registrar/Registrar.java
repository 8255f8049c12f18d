package io.rserpool.registrar;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.registrar.RegistrarEngine;
import io.rserpool.engine.registrar.RegistrarRequest;
import io.rserpool.engine.registrar.RegistrarResult;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.net.EventLog;
import io.rserpool.net.ListenException;
import io.rserpool.net.Node;
import io.rserpool.net.NodeClosedException;
import io.rserpool.net.NodeOptions;
import io.rserpool.net.TcpOptions;
import io.rserpool.protocol.ServerId;
import io.rserpool.runtime.WireParameterEncoder;
import io.rserpool.wire.WireForm;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running registrar: the engine on the network, with its log. Part of a daemon, or embedded in
/// any
/// other program; it never ends the process. All methods may be called from any thread, and block.
public final class Registrar implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar");

  /// How long the own event loop may take for an answer before it counts as stuck.
  private static final long ANSWER_TIMEOUT_S = 10;

  private final ServerId id;
  private final Node node;
  private final List<Endpoint> asap;
  private final List<Endpoint> enrp;

  private Registrar(ServerId id, Node node, List<Endpoint> asap, List<Endpoint> enrp) {
    this.id = id;
    this.node = node;
    this.asap = List.copyOf(asap);
    this.enrp = List.copyOf(enrp);
  }

  /// Starts a registrar that logs its events.
  ///
  /// @throws StartException if an address cannot be had
  public static Registrar start(RegistrarConfig config) {
    return start(config, _ -> {});
  }

  /// Starts a registrar that logs its events, and tells them to an observer as well.
  ///
  /// @param observer is called on the registrar's thread; must be quick and never block
  /// @throws StartException if an address cannot be had
  public static Registrar start(RegistrarConfig config, Consumer<Event> observer) {
    SecureRandom secure = new SecureRandom();
    ServerId id = config.id().isNone() ? randomId(secure) : config.id();
    RegistrarEngine engine =
        new RegistrarEngine(
            config.settings(),
            id,
            new WireParameterEncoder(WireForm.of(config.profile())),
            new SplittableRandom(secure.nextLong()));
    NodeOptions options =
        NodeOptions.defaults("registrar").withTcp(limits(config)).withMulticast(config.multicast());
    Consumer<Event> log = new EventLog(LOG, id.toString());
    Node node = Node.start(engine, config.profile(), options, log.andThen(observer));
    try {
      return listen(config, id, node);
    } catch (RuntimeException e) {
      node.close();
      throw e instanceof ListenException
          ? new StartException(String.valueOf(e.getMessage()), e)
          : e;
    }
  }

  /// The registrar's identifier.
  public ServerId id() {
    return id;
  }

  /// Where pool elements and pool users reach it, with the ports that were really taken.
  public List<Endpoint> asap() {
    return asap;
  }

  /// Where other registrars reach it.
  public List<Endpoint> enrp() {
    return enrp;
  }

  /// How it is doing.
  ///
  /// @throws StartException if it has stopped
  public RegistrarResult.Status status() {
    Effect.Result answer = ask(node, new RegistrarRequest.Status(node.newRequestId()));
    if (answer instanceof RegistrarResult.Status status) {
      return status;
    }
    throw new StartException("registrar " + id + " has stopped");
  }

  /// Ends all associations in order and gives the ports back. The elements are left alone and find
  /// another registrar. A second call does nothing.
  @Override
  public void close() {
    try {
      ask(node, new RegistrarRequest.Stop(node.newRequestId()));
    } catch (NodeClosedException _) {
      return;
    } finally {
      node.close();
    }
    LOG.info("registrar={} has given its ports back", id);
  }

  private static Registrar listen(RegistrarConfig config, ServerId id, Node node) {
    List<Endpoint> asap = bind(node, AssociationKind.ASAP, config.asap());
    List<Endpoint> enrp = bind(node, AssociationKind.ENRP, config.enrp());
    Effect.Result answer =
        ask(
            node,
            new RegistrarRequest.Start(
                node.newRequestId(),
                OwnAddresses.of(asap),
                OwnAddresses.of(enrp),
                config.multicast().enabled()));
    if (!(answer instanceof RegistrarResult.Done)) {
      throw new StartException("registrar " + id + " could not start; the log says why");
    }
    node.accept();
    LOG.info("registrar={} profile={} listens: asap={} enrp={}", id, config.profile(), asap, enrp);
    for (String override : config.settings().describeOverrides()) {
      LOG.info("registrar={} setting {}", id, override);
    }
    if (!config.peers().isEmpty()) {
      LOG.warn(
          "registrar={} peers={} are configured but not yet used: registrars do not talk to each"
              + " other in this version",
          id,
          config.peers());
    }
    return new Registrar(id, node, asap, enrp);
  }

  private static List<Endpoint> bind(Node node, AssociationKind kind, List<Endpoint> endpoints) {
    List<Endpoint> bound = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      bound.add(node.bind(kind, endpoint));
    }
    return bound;
  }

  private static Effect.Result ask(Node node, Input.Request request) {
    CompletableFuture<Effect.Result> answer = new CompletableFuture<>();
    node.submit(request, answer::complete);
    try {
      return answer.get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while waiting for the registrar", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartException("the registrar's thread does not answer", e);
    }
  }

  /// What the engine limits by identity, the network limits by address before it.
  private static TcpOptions limits(RegistrarConfig config) {
    RegistrarSettings settings = config.settings();
    return config.tcp().toBuilder()
        .limitLoopback(settings.isOn(RegistrarSetting.LIMIT_LOOPBACK))
        .associationsMax(orNoLimit(settings.count(RegistrarSetting.ASSOCIATIONS_MAX)))
        .connectionsPerSecond(orNoLimit(settings.count(RegistrarSetting.CONNECTION_RATE)))
        .connectionsBurst(orNoLimit(settings.count(RegistrarSetting.CONNECTION_BURST)))
        .build();
  }

  private static int orNoLimit(int limit) {
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }

  private static ServerId randomId(SecureRandom random) {
    ServerId id = ServerId.NONE;
    while (id.isNone()) {
      id = ServerId.of(random.nextInt());
    }
    return id;
  }
}
