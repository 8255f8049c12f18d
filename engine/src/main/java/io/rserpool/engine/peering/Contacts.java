package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The configured endpoints of other registrars (static entries of RFC 5353 section 3.2.2.1). Whoever
/// answers there becomes a peer; an endpoint without a peer is called again and again.
final class Contacts {

  private static final long NS_PER_MS = 1_000_000;

  /// One endpoint.
  private final class Contact implements PeerLink.Caller {
    private final Endpoint endpoint;
    private final DeadlineQueue.Deadline<Due> next = deadlines.create(this::call);
    private final DeadlineQueue.Deadline<Due> silence = deadlines.create(this::isSilent);
    private @Nullable PeerLink link;
    private long gapNs = settings.retryNs();
    private int refusals;
    private boolean isOwn;
    private boolean isMissed;

    Contact(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    private void call() {
      if (link == null && !isOwn) {
        link = links.call(endpoint, this);
        if (!isMissed) {
          deadlines.set(silence, turn.nowNs() + settings.noResponseNs());
        }
      }
    }

    private void isSilent() {
      missed("no answer within " + settings.noResponseNs() / NS_PER_MS + " ms");
    }

    /// Tells it once, not again for each call; and not at all of a peer that is heard from there by
    /// other ways: over SCTP a second call to where there is an association fails.
    private void missed(String why) {
      deadlines.cancel(silence);
      if (!isMissed && !isHeard()) {
        isMissed = true;
        turn.emit(new PeerEvent.Unreachable(endpoint.toString(), why));
      }
    }

    private boolean isHeard() {
      return peers.all().stream()
          .anyMatch(peer ->
              peer.isActive() && peer.link() != null && peer.endpoints().contains(endpoint));
    }

    private void reached(Peer peer) {
      deadlines.cancel(silence);
      if (isMissed) {
        isMissed = false;
        turn.emit(new PeerEvent.Reached(peer.id(), endpoint.toString()));
      }
    }

    private void stop() {
      deadlines.cancel(next);
      deadlines.cancel(silence);
    }

    private void callLater() {
      if (!isOwn) {
        double spread = 1 - random.nextDouble() / 4;
        deadlines.set(next, turn.nowNs() + (long) (gapNs * spread));
        gapNs = isStarting ? gapNs : Math.min(2 * gapNs, settings.callGapMaxNs());
      }
    }

    @Override
    public void accepted(PeerLink accepted) {
      refusals = 0;
      voice.presence(accepted, ServerId.NONE, true);
    }

    @Override
    public void failed(PeerLink failed, boolean refused, String detail) {
      link = null;
      refusals = refused ? refusals + 1 : 0;
      missed(detail);
      callLater();
      onFailure.run();
    }
  }

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final PeeringSettings settings;
  private final RandomGenerator random;
  private final Peers peers;
  private final Links links;
  private final Voice voice;
  private final List<Contact> contacts = new ArrayList<>();
  private Runnable onFailure = () -> {};
  private boolean isStarting = true;

  Contacts(PeeringContext context, RandomGenerator random, Links links, Voice voice) {
    this.turn = context.turn();
    this.deadlines = context.deadlines();
    this.settings = context.settings();
    this.random = random;
    this.peers = context.peers();
    this.links = links;
    this.voice = voice;
  }

  /// @param failed runs after each call in vain
  void configure(List<Endpoint> endpoints, Runnable failed) {
    onFailure = failed;
    endpoints.stream().distinct().map(Contact::new).forEach(contacts::add);
  }

  /// Calls them all.
  void callAll() {
    contacts.forEach(Contact::call);
  }

  /// Calls become rarer from now on.
  void startIsOver() {
    isStarting = false;
  }

  boolean isEmpty() {
    return contacts.isEmpty();
  }

  /// Whether nobody listens at any of them: each has refused several calls in a row.
  boolean allRefuse(int times) {
    return contacts.stream().allMatch(contact -> contact.isOwn || contact.refusals >= times);
  }

  /// Somebody has spoken on an association for the first time.
  void reached(PeerLink link) {
    Peer peer = link.peer();
    for (Contact contact : contacts) {
      if (contact.link == link && peer != null) {
        contact.reached(peer);
      }
    }
  }

  /// The association to a configured endpoint is gone; whoever comes back there is called again.
  void lost(PeerLink link) {
    for (Contact contact : contacts) {
      if (contact.link == link) {
        contact.link = null;
        contact.gapNs = settings.retryNs();
        contact.callLater();
      }
    }
  }

  /// An endpoint has turned out to be this registrar's own.
  void isOwn(PeerLink link) {
    for (Contact contact : contacts) {
      if (contact.link == link) {
        contact.isOwn = true;
        contact.link = null;
        contact.stop();
        links.close(link);
      }
    }
    onFailure.run();
  }

  void stop() {
    contacts.forEach(Contact::stop);
  }
}
