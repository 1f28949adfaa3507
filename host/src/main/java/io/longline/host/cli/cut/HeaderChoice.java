package io.longline.host.cli.cut;

/** Which header blocks are printed, and how. */
enum HeaderChoice {
  NONE(0, false),
  FIRST(1, false),
  ALL(2, false),
  FIRST_NAMES(1, true),
  ALL_NAMES(2, true);

  /** How many blocks are printed; 2 stands for all. */
  private final int blocks;

  private final boolean isNames;

  HeaderChoice(int blocks, boolean isNames) {
    this.blocks = blocks;
    this.isNames = isNames;
  }

  /**
   * Whether a block is printed.
   *
   * @param number its number, from 1
   */
  boolean shows(int number) {
    return blocks == 2 || number <= blocks;
  }

  /** Whether only the line of names is printed, without its key. */
  boolean isNames() {
    return isNames;
  }
}
