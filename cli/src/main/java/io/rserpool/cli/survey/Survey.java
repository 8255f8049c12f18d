package io.rserpool.cli.survey;

import io.rserpool.cli.console.ElementText;
import io.rserpool.cli.reach.Silence;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A registrar, and how far it and its peers have the same picture of who owns what.
///
/// @param view what the registrar has told of itself
/// @param shares of each registrar: first of the one that was asked, then of its peers, and then of
///     those that own elements without being on its list
public record Survey(RegistrarView view, List<Share> shares) {

  /// Between two looks at what differs: an update that was under way has arrived then.
  private static final Duration SECOND_LOOK = Duration.ofMillis(300);

  /// What a peer is asked.
  private interface Question {
    RegistrarView put(RegistrarInquiry inquiry) throws IOException;
  }

  public Survey {
    shares = List.copyOf(shares);
  }

  /// Asks a registrar for everything, and then its peers for what they own. What differs is looked at
  /// twice before it is believed, as registrars do themselves, since updates may be under way.
  ///
  /// @param approach whose limit is for each registrar
  /// @throws RefusedException if the registrar refuses until the time limit
  /// @throws IOException whose message says why the registrar could not be asked
  public static Survey take(Endpoint registrar, Approach approach) throws IOException {
    Survey first = once(registrar, approach);
    if (first.shares.stream().noneMatch(share -> share.state() == Share.State.DIFFERS)) {
      return first;
    }
    try {
      Thread.sleep(SECOND_LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return once(registrar, approach);
  }

  /// As [#take(Endpoint, Approach)], without TLS.
  ///
  /// @throws IOException whose message says why the registrar could not be asked
  public static Survey take(Endpoint registrar, Profile profile, Duration limit)
      throws IOException {
    return take(registrar, new Approach(profile, TlsOptions.OFF, limit));
  }

  /// Asks a registrar whom it knows, and then whether they answer; the elements are not looked at,
  /// so no share says anything about being in step.
  ///
  /// @param approach whose limit is for each registrar
  /// @throws IOException whose message says why the registrar could not be asked
  public static Survey ofPeers(Endpoint registrar, Approach approach) throws IOException {
    try (EnrpConversation conversation = EnrpConversation.open(registrar, approach)) {
      RegistrarView view = new RegistrarInquiry(conversation, true).acquaintances();
      return new Survey(view, ask(view, RegistrarInquiry::presence, approach));
    }
  }

  /// Why a registrar could not be asked.
  ///
  /// @param failure of asking it so
  public static Silence explain(Endpoint registrar, Approach approach, IOException failure) {
    return Silence.explain(
        registrar,
        approach.tls(),
        failure,
        () -> {
          Approach plain = new Approach(approach.profile(), TlsOptions.OFF, Duration.ofSeconds(2));
          try (EnrpConversation conversation = EnrpConversation.open(registrar, plain)) {
            return !new RegistrarInquiry(conversation, false).presence().id().isNone();
          } catch (IOException _) {
            return false;
          }
        });
  }

  private static Survey once(Endpoint registrar, Approach approach) throws IOException {
    RegistrarView view;
    try (EnrpConversation conversation = EnrpConversation.open(registrar, approach)) {
      view = new RegistrarInquiry(conversation, true).everything();
    }
    List<Share> shares = new ArrayList<>();
    List<ElementName> own = ElementName.ownedBy(view.id(), view.pools());
    shares.add(
        new Share(
            view.id(),
            addresses(view.information(), approach),
            own,
            view.checksum() < 0
                ? new Statement.Silent("it does not tell its checksum")
                : new Statement.Told(view.checksum(), own, Duration.ZERO)));
    shares.addAll(ask(view, RegistrarInquiry::ownElements, approach));
    for (ServerId home : homes(view).sequencedKeySet()) {
      if (shares.stream().noneMatch(share -> share.owner().equals(home))) {
        shares.add(
            new Share(
                home,
                List.of(),
                ElementName.ownedBy(home, view.pools()),
                new Statement.Silent("not in the list of peers")));
      }
    }
    return new Survey(view, shares);
  }

  private static SequencedMap<ServerId, Boolean> homes(RegistrarView view) {
    SequencedMap<ServerId, Boolean> homes = new TreeMap<>();
    view.pools().stream()
        .flatMap(pool -> pool.elements().stream())
        .map(PoolElementParameter::homeId)
        .forEach(home -> homes.put(home, true));
    return homes;
  }

  /// All peers at once: those that do not answer take the whole limit.
  private static List<Share> ask(RegistrarView view, Question question, Approach approach)
      throws IOException {
    List<Share> shares = new ArrayList<>();
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Statement>> answers =
          view.peers().stream()
              .map(peer -> all.submit(() -> ask(peer, question, approach)))
              .toList();
      for (int i = 0; i < answers.size(); i++) {
        ServerInformation peer = view.peers().get(i);
        shares.add(
            new Share(
                peer.serverId(),
                addresses(peer, approach),
                ElementName.ownedBy(peer.serverId(), view.pools()),
                answers.get(i).get()));
      }
      return shares;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Statement ask(ServerInformation peer, Question question, Approach approach) {
    Statement last = new Statement.Silent("no address of it is known");
    for (AsapTransport transport : peer.transports()) {
      if (!transport.addresses().isEmpty()) {
        last = ask(peer.serverId(), endpoint(transport, approach), question, approach);
        if (last instanceof Statement.Told) {
          return last;
        }
      }
    }
    return last;
  }

  private static Statement ask(ServerId peer, Endpoint at, Question question, Approach approach) {
    long beginNs = System.nanoTime();
    try (EnrpConversation conversation = EnrpConversation.open(at, approach)) {
      RegistrarView view = question.put(new RegistrarInquiry(conversation, false));
      if (!view.id().equals(peer)) {
        return new Statement.Silent("registrar " + view.id() + " answers there instead");
      }
      return view.checksum() < 0
          ? new Statement.Silent("it does not tell its checksum")
          : new Statement.Told(
              view.checksum(),
              ElementName.ownedBy(peer, view.pools()),
              Duration.ofNanos(System.nanoTime() - beginNs));
    } catch (IOException e) {
      return new Statement.Silent(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> addresses(ServerInformation server, Approach approach) {
    return server.transports().stream()
        .map(transport ->
            transport.addresses().isEmpty()
                ? ElementText.address(transport)
                : endpoint(transport, approach).toString())
        .toList();
  }

  /// What registrars tell of each other does not say whether they speak TLS: all of a scope do, or none.
  private static Endpoint endpoint(AsapTransport transport, Approach approach) {
    Endpoint told = Endpoint.of(transport);
    return approach.tls().isOn() && told.scheme() == Endpoint.Scheme.TCP
        ? new Endpoint(Endpoint.Scheme.TLS, told.hosts(), told.port())
        : told;
  }
}
