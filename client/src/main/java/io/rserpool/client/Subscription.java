package io.rserpool.client;

/// Something that goes on until it is closed; closing twice is harmless.
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  @Override
  void close();
}
