package io.rserpool.engine.session;

/// The number of a session's link to one element, counted from 1; never used twice in a session.
public record LinkId(long number) {

  @Override
  public String toString() {
    return "link " + number;
  }
}
