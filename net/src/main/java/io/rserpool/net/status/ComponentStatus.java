package io.rserpool.net.status;

import java.util.List;

/// What a component says of itself at one moment.
///
/// @param id who it is, see [ComponentId]; nothing is reported as long as that is not known
/// @param location where it is, for people: [Location] has the usual form
/// @param status how it is, for people
/// @param workload 0 to 0xfffe for 0 to 100 %, or [StatusReport#NO_WORKLOAD]
/// @param associations with whom it talks
public record ComponentStatus(
    long id,
    String location,
    String status,
    int workload,
    List<StatusReport.Association> associations) {

  public ComponentStatus {
    associations = List.copyOf(associations);
  }
}
