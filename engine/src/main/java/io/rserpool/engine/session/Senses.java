package io.rserpool.engine.session;

import io.rserpool.engine.Engine;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// All by which a session notices that its present element fails although the link stands.
///
/// While the application does not read, and so much waits for it that the element is held back, its
/// silence proves nothing: its answers wait in the transport. The heartbeat stands still then.
final class Senses<P extends Payload> {

  /// What was taken after it waited so long shows that the transport was full and has room again, so
  /// that the element reads: a sign of life, which spares elements behind slow lines from being
  /// asked for one behind megabytes of data.
  private static final long HELD_UP_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /// A session that was woken so late does not know what has come meanwhile, so everything that
  /// hangs by an answer is given its time once more.
  private static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(500);

  final PoolSight sight = new PoolSight();
  final Patience patience;
  final RemovalWatch removal;
  final PoolCheck check;
  private final PoolHandle handle;
  private final SessionSettings settings;
  private final NewsQueue<P> news;
  private final OutputQueue<P> output;
  private final Heartbeat heartbeat;
  private final FailBack failBack;
  private @Nullable Link link;
  private boolean isUp;
  private boolean isForgiven;
  private boolean isHeldBack;

  Senses(
      PoolHandle handle,
      SessionSettings settings,
      Questions questions,
      NewsQueue<P> news,
      OutputQueue<P> output) {
    this.handle = handle;
    this.settings = settings;
    this.news = news;
    this.output = output;
    this.patience = new Patience(settings);
    this.heartbeat = new Heartbeat(settings);
    this.removal = new RemovalWatch(sight, questions, settings);
    this.check = new PoolCheck(handle, sight, questions, settings);
    this.failBack = new FailBack(sight, settings);
  }

  /// A new link, which the greeter uses.
  void begin(long nowNs, Link newest) {
    link = newest;
    isUp = false;
    isForgiven = false;
    isHeldBack = false;
    patience.heard(nowNs);
    heartbeat.begin(nowNs, newest.hasControl && !newest.hasEnded);
  }

  /// The link is everybody's.
  void open(Turn turn, long chosenAt) {
    Link present = link;
    if (present == null) {
      return;
    }
    isUp = true;
    patience.heard(turn.nowNs());
    if (present.hasEnded) {
      return;
    }
    check.begin(turn.nowNs());
    failBack.begin(turn.nowNs(), present.element.elementId());
    removal.follow(turn, present.element, chosenAt);
  }

  /// Nothing is expected of the link any more, since it is lost.
  void stop() {
    link = null;
    isUp = false;
    ended();
  }

  /// Nothing more comes from the element, and it has said so.
  void ended() {
    heartbeat.stop();
    removal.stop();
    check.stop();
    failBack.stop();
  }

  // What is heard.

  void heard(long nowNs, boolean isData) {
    isForgiven = false;
    heartbeat.heard(nowNs);
    if (isData) {
      patience.heard(nowNs);
    }
    isHeldBack = !news.hasRoom();
  }

  /// The application has read something.
  void read(long nowNs) {
    if (isHeldBack && news.hasRoom()) {
      isHeldBack = false;
      heartbeat.heard(nowNs);
    }
  }

  /// Something was written.
  ///
  /// @param heldUpNs how long it waited
  void written(long nowNs, Outgoing<P> done, long heldUpNs) {
    if (done instanceof Outgoing.Control<P>(AsapEndpointKeepAlive _)) {
      heartbeat.written(nowNs);
    } else if (heldUpNs >= HELD_UP_NS) {
      heartbeat.heard(nowNs);
    }
  }

  void poolChanged(Turn turn) {
    removal.check(turn);
    failBack.see(turn.nowNs());
  }

  // What falls due.

  /// Does what is due.
  ///
  /// @return that the element is lost, or null
  @Nullable Loss tick(Turn turn) {
    Link present = link;
    if (present == null) {
      return null;
    }
    long nowNs = turn.nowNs();
    if (!isForgiven && nowNs - Math.min(nowNs, answerDeadlineNs()) >= LATE_NS) {
      isForgiven = true;
      patience.heard(nowNs);
      heartbeat.forgive(nowNs);
      output.forgive(nowNs);
    }
    if (output.deadlineNs() <= nowNs) {
      return lost(turn, LossSource.SEND_TIMEOUT, "nothing was taken", settings.sendTimeout());
    }
    if (readDeadlineNs() <= nowNs) {
      return lost(turn, LossSource.READ_TIMEOUT, "nothing came", settings.readTimeout());
    }
    if (heartbeatDeadlineNs() <= nowNs) {
      if (heartbeat.isDeadAt(nowNs)) {
        return lost(
            turn, LossSource.HEARTBEAT, "no sign of life came", settings.heartbeatTimeout());
      }
      if (heartbeat.asksAt(nowNs)) {
        output.addControl(
            nowNs, new AsapEndpointKeepAlive(ServerId.NONE, false, handle, ElementId.NONE));
      }
    }
    removal.tick(turn);
    check.tick(turn);
    failBack.tick(nowNs, maySwitch());
    return null;
  }

  private static Loss lost(Turn turn, LossSource source, String what, Duration limit) {
    return new Loss(source, what + " for " + limit, turn.nowNs());
  }

  /// Whether the session is to go back to the preferred element as soon as its output is drained.
  boolean isLeaving() {
    return failBack.isDue() && maySwitch();
  }

  /// A conversation that was half ended belongs to this element alone.
  private boolean maySwitch() {
    return link != null && !link.hasEnded && !output.isEnded();
  }

  private long heartbeatDeadlineNs() {
    return isHeldBack || !output.takesControl() ? Engine.NEVER : heartbeat.deadlineNs();
  }

  private long readDeadlineNs() {
    return link == null || link.hasEnded ? Engine.NEVER : patience.deadlineNs(isUp);
  }

  /// When the element is lost unless it does something.
  private long answerDeadlineNs() {
    return Math.min(output.deadlineNs(), Math.min(readDeadlineNs(), heartbeatDeadlineNs()));
  }

  long deadlineNs() {
    if (link == null) {
      return Engine.NEVER;
    }
    long poolNs = Math.min(removal.deadlineNs(), check.deadlineNs());
    return Math.min(answerDeadlineNs(), Math.min(poolNs, failBack.deadlineNs(maySwitch())));
  }
}
