package io.longline.host.doctor;

import java.util.List;

/** Something that is looked at. Confined to one thread. */
interface Check {

  /** The name, for people. */
  String name();

  /** Looks at it. */
  List<Diagnosis> make();
}
