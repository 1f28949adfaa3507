package io.longline.plugins.indicators;

import io.longline.api.Interest;
import io.longline.zeek.WantedField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is read of one log: a few fields that describe a record, and those in which indicators are
 * looked for. Immutable.
 *
 * @param log the path of the log
 * @param fields the fields, in the order of their columns
 * @param places where indicators are looked for
 * @param columns the column of each place
 */
record LogPlan(String log, List<WantedField> fields, List<Place> places, List<Integer> columns) {

  static final int TS = 0;
  static final int UID = 1;
  static final int ORIG_H = 2;
  static final int ORIG_P = 3;
  static final int RESP_H = 4;
  static final int RESP_P = 5;
  static final int FUID = 6;
  static final int MIME_TYPE = 7;

  /** The hosts that a file went to, and came from; there may be several. */
  static final int RECEIVERS = 8;

  static final int SENDERS = 9;

  /** The fields of each log at the columns above; some logs name connections differently. */
  private static final List<WantedField> DESCRIBING =
      List.of(
          WantedField.optional("ts"),
          WantedField.optional("uid").orNamed(List.of("conn_uids")),
          WantedField.optional("id.orig_h").orNamed(List.of("id_orig_h")),
          WantedField.optional("id.orig_p").orNamed(List.of("id_orig_p")),
          WantedField.optional("id.resp_h").orNamed(List.of("id_resp_h")),
          WantedField.optional("id.resp_p").orNamed(List.of("id_resp_p")));

  private static final List<WantedField> OF_FILES =
      List.of(
          WantedField.optional("fuid").orNamed(List.of("id")),
          WantedField.optional("mime_type"),
          WantedField.optional("rx_hosts"),
          WantedField.optional("tx_hosts"));

  /** The host of a request, without which there is no URL of it. */
  private static final WantedField HOST = WantedField.optional("host");

  private static final Set<String> LOGS_OF_FILES = Set.of("files", "x509", "smb_files");

  /**
   * What is read for indicators of these types, log by log.
   *
   * @param without the names in Zeek of places that are left out
   */
  static Map<String, LogPlan> of(Set<IndicatorType> types, Collection<String> without) {
    var places = new LinkedHashMap<String, List<Place>>();
    for (var place : Places.of(types, without)) {
      places.computeIfAbsent(place.log(), any -> new ArrayList<>()).add(place);
    }
    var plans = new LinkedHashMap<String, LogPlan>();
    places.forEach((log, each) -> plans.put(log, of(log, each)));
    return plans;
  }

  private static LogPlan of(String log, List<Place> places) {
    var fields = new ArrayList<>(DESCRIBING);
    if (LOGS_OF_FILES.contains(log)) {
      fields.addAll(OF_FILES);
    }
    if (places.stream().anyMatch(place -> place.where().equals(Places.URL_OF_REQUEST))) {
      fields.add(HOST);
    }
    var columns = new ArrayList<Integer>();
    for (var place : places) {
      int column = fields.stream().map(WantedField::name).toList().indexOf(place.field());
      if (column < 0) {
        column = fields.size();
        fields.add(place.wanted());
      }
      columns.add(column);
    }
    return new LogPlan(log, List.copyOf(fields), List.copyOf(places), List.copyOf(columns));
  }

  /** Whether it has the columns of files. */
  boolean isOfFiles() {
    return LOGS_OF_FILES.contains(log);
  }

  /** The interest in the logs of plans, of which there is one or more. */
  static Interest interest(Iterable<LogPlan> plans) {
    Interest interest = null;
    for (var plan : plans) {
      interest = interest == null ? Interest.in(plan.log()) : interest.andIn(plan.log());
      interest = interest.fields(plan.fields()).inAnyOrder().ifPresent();
    }
    if (interest == null) {
      throw new IllegalArgumentException("no plans");
    }
    return interest;
  }
}
