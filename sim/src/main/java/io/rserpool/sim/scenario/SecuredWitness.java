package io.rserpool.sim.scenario;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.sim.access.Charter;
import io.rserpool.sim.check.Cause;
import io.rserpool.sim.check.Checker;
import io.rserpool.sim.check.Identity;
import io.rserpool.sim.check.Observation;
import io.rserpool.sim.check.RegistrarFacts;
import io.rserpool.sim.check.Truth;
import io.rserpool.sim.hostile.Adversaries;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.network.Tap;
import io.rserpool.sim.scope.RegistrarProcess;
import io.rserpool.sim.scope.Scope;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.WireForm;
import java.util.HashMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hears what is said in a secured scope, and by whom really; keeps what the members have registered, and
/// shows the [Checker] what has become of it.
final class SecuredWitness implements Tap {

  /// An adversary's own associations, those of members that it has lured, and calls in vain.
  private static final long ASSOCIATIONS_EACH = 10;

  private final Truth truth;
  private final Checker checker;
  private final Adversaries adversaries;
  private final Set<Node> hostile;
  private final Function<RegistrarProcess, RegistrarFacts> facts;
  private final HashMap<Node, RegistrarProcess> registrars = new HashMap<>();
  private final HashMap<Node, Cause> causes = new HashMap<>();
  private final HashMap<Node, Charter> charters = new HashMap<>();
  private final AsapCodec asap;
  private final EnrpCodec enrp;

  SecuredWitness(
      Truth truth,
      Checker checker,
      Scope scope,
      Adversaries adversaries,
      Function<RegistrarProcess, RegistrarFacts> facts) {
    this.truth = truth;
    this.checker = checker;
    this.adversaries = adversaries;
    this.facts = facts;
    this.hostile = adversaries.nodes();
    WireForm form = WireForm.of(scope.settings().profile());
    this.asap = new AsapCodec(form);
    this.enrp = new EnrpCodec(form);
    for (RegistrarProcess registrar : scope.registrars()) {
      registrars.put(registrar.node(), registrar);
      facts.apply(registrar).charter(registrar::inForce);
    }
    truth.guests(ASSOCIATIONS_EACH * hostile.size());
  }

  @Override
  public void takes(Node to, Node from, AssociationKind kind, byte[] message) {
    boolean isHostile = hostile.contains(from);
    boolean isToHostile = hostile.contains(to);
    if (!isHostile && !isToHostile) {
      adversaries.overhears(to, kind, message);
    }
    RegistrarProcess registrar = registrars.get(to);
    if (registrar != null) {
      AsapMessage said = kind == AssociationKind.ASAP ? asap(message) : null;
      if (said instanceof AsapRegistration registration) {
        registers(registrar, from, isHostile, registration);
      }
      String what = said == null ? kind == AssociationKind.ENRP ? enrp(message) : "?" : said + "";
      because(to, from, isHostile, ", which said " + what);
    } else if (isToHostile && !isHostile) {
      lured(to, from, kind, message);
    }
  }

  @Override
  public void hears(Node to, Node from) {
    if (registrars.containsKey(to)) {
      because(to, from, hostile.contains(from), ", which came, went or was announced");
    }
  }

  private void because(Node to, Node from, boolean isHostile, String what) {
    String name = from.papers().identity().name();
    causes.put(to, new Cause(from.name(), name, isHostile, what));
  }

  private @Nullable AsapMessage asap(byte[] message) {
    return asap.decode(message, 0, message.length)
            instanceof Decoded.Message<AsapMessage>(AsapMessage read, var _, var _)
        ? read
        : null;
  }

  private String enrp(byte[] message) {
    return enrp.decode(message, 0, message.length)
            instanceof Decoded.Message<EnrpMessage>(EnrpMessage read, var _, var _)
        ? read.toString()
        : "what nobody can read";
  }

  private void registers(
      RegistrarProcess registrar, Node from, boolean isHostile, AsapRegistration message) {
    String name = from.papers().identity().name();
    boolean mayBe =
        truth
            .ledger()
            .registers(
                name, from.address(), registrar.inForce(), message.handle(), message.element());
    Identity identity = new Identity(message.handle(), message.element().elementId());
    RegistrarView.Element known = facts.apply(registrar).known().get(identity);
    // Whoever comes first has an identifier; a member that has it elsewhere may lose it.
    boolean isFree = known == null || known.element().registrant().equals(name);
    if (isHostile && mayBe && isFree) {
      truth.ledger().isForeign(identity);
    }
  }

  /// A member has said something to an adversary: a registrar may answer it in ASAP, and ask its own
  /// elements; whatever else is a secret, or a mistake.
  private void lured(Node to, Node from, AssociationKind kind, byte[] message) {
    String name = to.papers().identity().name();
    boolean isRegistrar = registrars.containsKey(from);
    AsapMessage said = kind == AssociationKind.ASAP ? asap(message) : null;
    String text = said == null ? enrp(message) : said.toString();
    boolean isFitting =
        switch (kind) {
          case ASAP ->
              isRegistrar
                  && !(said instanceof AsapEndpointKeepAlive asked
                      && !truth.ledger().isAsked(asked.handle(), asked.elementId(), name));
          case ENRP -> isRegistrar && name.startsWith(Charter.name("registrar", ""));
        };
    if (!isFitting) {
      String what = "%s to %s ('%s')".formatted(text, to.name(), name);
      checker.observe(new Observation.Believed(from.name(), what));
    }
  }

  /// A registrar has handled what came last.
  void turned(RegistrarProcess registrar, RegistrarFacts of, boolean hasChanged) {
    Cause cause = causes.getOrDefault(registrar.node(), Cause.ITSELF);
    causes.remove(registrar.node());
    if (hasChanged) {
      checker.observe(new Observation.Changed(of, cause));
    }
    Charter now = registrar.inForce();
    Charter before = charters.put(registrar.node(), now);
    if (before != null && !before.equals(now)) {
      checker.observe(new Observation.Governed(of));
    }
  }
}
