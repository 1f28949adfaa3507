package io.longline.plugins.indicators;

/** Which names a domain in a feed stands for. */
public enum DomainMatching {
  /** As the format of the feed has it: exact in files of Zeek, suffix in all others. */
  BY_FORMAT,
  /** The name itself. */
  EXACT,
  /** The name and all names under it. */
  SUFFIX
}
