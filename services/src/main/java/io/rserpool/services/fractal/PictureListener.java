package io.rserpool.services.fractal;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;

/// Told how a picture grows, one call at a time, from the threads that compute; a slow listener
/// holds them up.
public interface PictureListener {

  /// Hears nothing.
  PictureListener SILENT = new PictureListener() {};

  /// The points of a tile are known; told just before [#tileDone].
  ///
  /// @param values the iterations of its points, row by row; only to be read
  default void tileDrawn(Tile tile, ElementId element, int[] values) {}

  /// A tile is complete.
  ///
  /// @param element who computed it
  /// @param tilesDone how many are complete, this one included
  default void tileDone(Tile tile, ElementId element, int tilesDone, int tilesAll) {}

  /// A session moved to another element; the tile that it was at is requested there anew.
  ///
  /// @param session counted from 0
  default void movedOver(int session, Failover failover) {}

  /// The first bytes of a result came from the new element of a session.
  default void firstResult(Move move) {}
}
