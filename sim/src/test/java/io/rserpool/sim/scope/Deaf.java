package io.rserpool.sim.scope;

import io.rserpool.engine.Event;
import io.rserpool.engine.user.UserResult;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// Hears nothing; for tests that want to hear a single thing.
class Deaf implements ScopeListener {
  @Override
  public void turned(RegistrarProcess registrar) {}

  @Override
  public void started(RegistrarProcess registrar) {}

  @Override
  public void told(RegistrarProcess registrar, Event event) {}

  @Override
  public void registered(ElementProcess element) {}

  @Override
  public void leaves(ElementProcess element) {}

  @Override
  public void left(ElementProcess element) {}

  @Override
  public void joins(ElementProcess element) {}

  @Override
  public void rejected(ElementProcess element, String causes) {}

  @Override
  public void resolved(UserProcess user, PoolHandle handle, UserResult result) {}

  @Override
  public void changed(UserProcess user, PoolHandle handle, List<PoolElementParameter> elements) {}
}
