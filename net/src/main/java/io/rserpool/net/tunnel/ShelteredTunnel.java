package io.rserpool.net.tunnel;

import io.rserpool.engine.PeerIdentity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// A tunnel whose handshake is calculated beside its owner's thread, so that a flood of handshakes does not
/// hold up what is said by those who have shaken hands. Once it is over everything happens within the calls.
///
/// All calls come on the owner's thread, and all news are told there. While a worker calculates, it has the
/// tunnel for itself; what comes from the peer meanwhile waits, and the owner is asked to hold the peer back
/// when that is much.
public final class ShelteredTunnel {

  /// Whom it serves.
  public interface Owner extends TlsTunnel.Owner {

    /// So much waits that nothing more should be handed in; what is on its way still may.
    void hold();

    /// After [#hold]: the peer may go on.
    void goOn();
  }

  /// More than what a handshake says, with a long chain of certificates.
  private static final int WAITING_BYTES_MAX = 64 * 1024;

  private final Owner owner;
  private final Executor home;
  private final Executor workers;
  private final News news = new News();

  /// What the peer has said while a worker had the tunnel.
  private final Deque<byte[]> waiting = new ArrayDeque<>();

  private int waitingBytes;
  private boolean isHeld;
  private boolean isAway;
  private boolean isTelling;
  private @Nullable Runnable afterwards;
  private volatile boolean isAbandoned;
  private @Nullable TlsTunnel tunnel;

  /// Begins the handshake; nothing is told before this has returned.
  ///
  /// @param engine gives this side's end of the connection, on a worker's thread
  /// @param home runs what is handed to it on the owner's thread, later and in order
  /// @param workers calculate; they may refuse, and the handshake fails then
  public ShelteredTunnel(Supplier<SSLEngine> engine, Executor home, Executor workers, Owner owner) {
    this.owner = owner;
    this.home = home;
    this.workers = workers;
    calculate(() -> tunnel = new TlsTunnel(engine.get(), news));
  }

  /// Takes in what came from the peer; the array is the tunnel's from now on.
  public void received(byte[] bytes) {
    waiting.addLast(bytes);
    waitingBytes += bytes.length;
    if (isAway && waitingBytes > WAITING_BYTES_MAX && !isHeld) {
      isHeld = true;
      owner.hold();
    }
    goOn();
  }

  /// Says something to the peer, who has shaken hands.
  ///
  /// @throws IllegalStateException if he has not
  public void send(byte[] bytes) {
    shaken().send(bytes);
    tell();
  }

  /// Tells the peer, who has shaken hands, that nothing more is said.
  ///
  /// @throws IllegalStateException if he has not
  public void close() {
    shaken().close();
    tell();
  }

  /// Has something done as soon as all is told of what has come: at once, unless a worker calculates.
  public void afterwards(Runnable action) {
    afterwards = action;
    goOn();
  }

  /// Lets nothing be calculated any more, and nothing be told but what is being told.
  public void abandon() {
    isAbandoned = true;
  }

  private TlsTunnel shaken() {
    TlsTunnel ready = tunnel;
    if (ready == null || !news.isShaken) {
      throw new IllegalStateException("nothing can be said before the handshake is over");
    }
    return ready;
  }

  private void calculate(Runnable step) {
    isAway = true;
    try {
      workers.execute(() -> {
        try {
          if (!isAbandoned) {
            step.run();
          }
        } catch (RuntimeException e) {
          news.failed(TlsFailure.text(e));
        } finally {
          goHome();
        }
      });
    } catch (RejectedExecutionException _) {
      news.failed("too many handshakes wait to be calculated");
      goHome();
    }
  }

  private void goHome() {
    try {
      home.execute(this::back);
    } catch (RejectedExecutionException _) {
      // The owner is gone for good: nobody wants to know.
    }
  }

  private void back() {
    isAway = false;
    tell();
    goOn();
  }

  /// Takes in what waits, here or by a worker.
  private void goOn() {
    TlsTunnel ready = tunnel;
    while (!isAway && !waiting.isEmpty()) {
      byte[] next = waiting.removeFirst();
      waitingBytes -= next.length;
      if (ready == null || news.isOver || isAbandoned) {
        continue;
      }
      if (news.isShaken) {
        ready.received(next);
        tell();
      } else {
        calculate(() -> ready.received(next));
      }
    }
    if (isHeld && waitingBytes <= WAITING_BYTES_MAX) {
      isHeld = false;
      owner.goOn();
    }
    Runnable last = afterwards;
    if (!isAway && last != null) {
      afterwards = null;
      last.run();
    }
  }

  /// Gives the owner what there is for the peer, and then tells him the news, in order. He may say something
  /// upon that: it goes out before the next piece of news.
  private void tell() {
    for (byte[] next = news.ciphers.poll(); next != null; next = news.ciphers.poll()) {
      owner.cipher(next);
    }
    if (isTelling) {
      return;
    }
    isTelling = true;
    try {
      for (Consumer<Owner> next = news.untold.poll(); next != null; next = news.untold.poll()) {
        if (!isAbandoned) {
          next.accept(owner);
        }
      }
    } finally {
      isTelling = false;
    }
  }

  /// What the tunnel has told and the owner does not know yet.
  private static final class News implements TlsTunnel.Owner {
    private final Deque<byte[]> ciphers = new ArrayDeque<>();
    private final Deque<Consumer<Owner>> untold = new ArrayDeque<>();
    private boolean isShaken;
    private boolean isOver;

    @Override
    public void cipher(byte[] bytes) {
      ciphers.add(bytes);
    }

    @Override
    public void secured(PeerIdentity peer) {
      isShaken = true;
      untold.add(owner -> owner.secured(peer));
    }

    @Override
    public void plain(byte[] bytes) {
      untold.add(owner -> owner.plain(bytes));
    }

    @Override
    public void ended() {
      untold.add(TlsTunnel.Owner::ended);
    }

    @Override
    public void failed(String reason) {
      isOver = true;
      untold.add(owner -> owner.failed(reason));
    }
  }
}
