package io.rserpool.sim.scope;

import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.hunt.HuntSettings;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.engine.user.UserSettings;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.access.Charter;
import io.rserpool.sim.network.LinkSettings;
import io.rserpool.sim.network.MulticastSettings;
import io.rserpool.sim.session.SessionPlan;
import io.rserpool.sim.session.SessionTimes;

/// Who is in a scope, and how they are connected. The behaviour is that of the profile.
///
/// @param profile of all members
/// @param registrars how many
/// @param elements how many element processes
/// @param pools over which the elements are spread
/// @param users how many user processes
/// @param hiddenElements every so many elements one cannot be called; 0 for none
/// @param narrowElements every so many elements one is configured with a single registrar; 0 for none
/// @param announces whether registrars announce themselves by multicast
/// @param presences whether registrars find each other by multicast, and know nobody at their start
/// @param tableElements most elements in one part of a registrar's table; 0 for the profile's number
/// @param driftMaxPpm most by which a clock is too fast or too slow, in parts per million
/// @param links between any two machines
/// @param multicast what becomes of announcements
/// @param sessions that users have with elements
/// @param charter who may do what at the start
public record ScopeSettings(
    Profile profile,
    int registrars,
    int elements,
    int pools,
    int users,
    int hiddenElements,
    int narrowElements,
    boolean announces,
    boolean presences,
    int tableElements,
    long driftMaxPpm,
    LinkSettings links,
    MulticastSettings multicast,
    SessionPlan sessions,
    Charter charter) {

  /// Registrations of one identity in a second, and at once, where the scope is secured: few enough for
  /// a flood to be seen.
  private static final int SECURED_RATE = 20;

  private static final int SECURED_BURST = 40;

  public ScopeSettings {
    if (registrars < 1 || registrars > 100 || elements < 0 || pools < 1 || users < 0) {
      throw new IllegalArgumentException(
          "a scope has 1 to 100 registrars, 1 pool or more, and no negative numbers, but this has"
              + " %d registrars, %d elements, %d pools, %d users"
                  .formatted(registrars, elements, pools, users));
    }
  }

  /// A scope whose registrars know each other from the start, without sessions.
  public ScopeSettings(
      Profile profile,
      int registrars,
      int elements,
      int pools,
      int users,
      int hiddenElements,
      int narrowElements,
      boolean announces,
      long driftMaxPpm,
      LinkSettings links,
      MulticastSettings multicast) {
    this(
        profile,
        registrars,
        elements,
        pools,
        users,
        hiddenElements,
        narrowElements,
        announces,
        false,
        0,
        driftMaxPpm,
        links,
        multicast,
        SessionPlan.NONE,
        Charter.OPEN);
  }

  /// The behaviour of the registrars.
  public RegistrarSettings registrar() {
    RegistrarSettings.Builder settings = RegistrarSettings.forProfile(profile).toBuilder();
    if (tableElements > 0) {
      settings.set(RegistrarSetting.TABLE_ELEMENTS, tableElements);
    }
    if (charter.isSecured()) {
      settings
          .set(RegistrarSetting.REGISTRATION_RATE, SECURED_RATE)
          .set(RegistrarSetting.REGISTRATION_BURST, SECURED_BURST);
    }
    return settings.build();
  }

  /// The behaviour of the elements, without the registrars that they know.
  public ElementSettings element() {
    ElementSettings settings = ElementSettings.forProfile(profile);
    return settings.toBuilder().hunt(trusting(settings.hunt())).build();
  }

  /// The behaviour of the users, without the registrars that they know.
  public UserSettings user() {
    UserSettings settings = UserSettings.forProfile(profile);
    return settings.toBuilder().hunt(trusting(settings.hunt())).build();
  }

  private HuntSettings trusting(HuntSettings hunt) {
    return hunt.toBuilder().trustedRegistrars(charter.registrars()).build();
  }

  /// The same with sessions.
  public ScopeSettings withSessions(SessionPlan plan) {
    return new ScopeSettings(
        profile,
        registrars,
        elements,
        pools,
        users,
        hiddenElements,
        narrowElements,
        announces,
        presences,
        tableElements,
        driftMaxPpm,
        links,
        multicast,
        plan,
        charter);
  }

  /// From what the settings of sessions are drawn.
  public SessionTimes sessionTimes() {
    return SessionTimes.forProfile(profile);
  }
}
