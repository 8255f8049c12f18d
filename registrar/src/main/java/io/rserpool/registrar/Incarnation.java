package io.rserpool.registrar;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.access.AccessPolicy;
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

/// A registrar under one identifier: an engine and the node that it lives on. An identifier is kept
/// for life (RFC 5353 section 3.2.1), so another identifier is another incarnation.
///
/// @param asap where it listens for elements and users, with the ports that were really taken
/// @param enrp the same for other registrars
record Incarnation(ServerId id, Node node, List<Endpoint> asap, List<Endpoint> enrp) {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar");

  /// How long the own event loop may take for an answer before it counts as stuck.
  private static final long ANSWER_TIMEOUT_S = 10;

  Incarnation {
    asap = List.copyOf(asap);
    enrp = List.copyOf(enrp);
  }

  /// Starts one.
  ///
  /// @param observer is called on the node's thread
  /// @throws StartException if an address cannot be had
  static Incarnation start(
      RegistrarConfig config,
      ServerId id,
      AccessPolicy policy,
      SecureRandom secure,
      Consumer<Event> observer) {
    RegistrarEngine engine =
        new RegistrarEngine(
            config.settings(),
            id,
            new WireParameterEncoder(WireForm.of(config.profile())),
            new SplittableRandom(secure.nextLong()),
            policy);
    NodeOptions options =
        NodeOptions.defaults("registrar")
            .withTcp(limits(config))
            .withSctp(config.sctp())
            .withTls(config.security().tls())
            .withMulticast(config.multicast())
            .withPresenceMulticast(config.presenceMulticast());
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

  /// Has the engine go by another policy from now on.
  void access(AccessPolicy policy) {
    ask(new RegistrarRequest.Access(node.newRequestId(), policy));
  }

  /// Asks the engine, and waits for its answer.
  Effect.Result ask(Input.Request request) {
    return ask(node, request);
  }

  /// Ends all associations in order and gives the ports back. A second call does nothing.
  void stop() {
    try {
      ask(new RegistrarRequest.Stop(node.newRequestId()));
    } catch (NodeClosedException _) {
      return;
    } finally {
      node.close();
    }
    LOG.info("registrar={} has given its ports back", id);
  }

  private static Incarnation listen(RegistrarConfig config, ServerId id, Node node) {
    List<Endpoint> asap = bind(node, AssociationKind.ASAP, config.asap());
    List<Endpoint> enrp = bind(node, AssociationKind.ENRP, config.enrp());
    Effect.Result answer =
        ask(
            node,
            new RegistrarRequest.Start(
                node.newRequestId(),
                OwnAddresses.of(asap),
                OwnAddresses.of(enrp),
                config.multicast().enabled(),
                config.presenceMulticast().enabled(),
                config.peers().stream().map(Incarnation::asPeersTell).toList()));
    if (!(answer instanceof RegistrarResult.Done)) {
      throw new StartException("registrar " + id + " could not start; the log says why");
    }
    node.accept();
    LOG.info(
        "registrar={} profile={} listens: asap={} enrp={} peers={}",
        id,
        config.profile(),
        asap,
        enrp,
        config.peers());
    for (String override : config.settings().describeOverrides()) {
      LOG.info("registrar={} setting {}", id, override);
    }
    PeerNames.check(id, config.peers());
    return new Incarnation(id, node, asap, enrp);
  }

  /// Addresses that peers tell have no word for TLS; the same address is to be written in one way.
  private static Endpoint asPeersTell(Endpoint peer) {
    return peer.scheme() == Endpoint.Scheme.TLS
        ? new Endpoint(Endpoint.Scheme.TCP, peer.hosts(), peer.port())
        : peer;
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
}
