package io.longline.host.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.ledger.Claim;
import io.longline.host.ledger.TestClaims;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenClaimsTest {

  private static final Path DIRECTORY = Path.of("/logs/1");

  private final AtomicInteger closed = new AtomicInteger();
  private final OpenClaims claims = new OpenClaims(closed::incrementAndGet);
  private final Claim claim = TestClaims.of(7, DIRECTORY, "p/A", "p/B");

  @Test
  void aClaimIsOpenUntilItIsClosed() {
    assertThat(claims.isEmpty()).isTrue();
    assertThat(claims.isOpen(claim)).isFalse();
    claims.open(List.of(claim));
    assertThat(claims.isOpen(claim)).isTrue();
    assertThat(claims.isEmpty()).isFalse();
    assertThat(claims.batches()).containsExactly(7L);
    claims.close(claim);
    assertThat(claims.isOpen(claim)).isFalse();
    assertThat(claims.isEmpty()).isTrue();
    assertThat(claims.batches()).isEmpty();
  }

  @Test
  void theLastCallIsTheOneThatEndsWhenAllOthersHaveEnded() {
    claims.open(List.of(claim));
    assertThat(claims.isLastCall(claim)).isFalse();
    assertThat(claims.isLastCall(claim)).isTrue();
  }

  @Test
  void theCallsOfEachClaimAreCountedApart() {
    var other = TestClaims.of(8, DIRECTORY, "p/A");
    claims.open(List.of(claim, other));
    assertThat(claims.isLastCall(claim)).isFalse();
    assertThat(claims.isLastCall(other)).isTrue();
    assertThat(claims.isLastCall(claim)).isTrue();
  }

  @Test
  void twoClaimsOfOneBatchAreOpenedAndClosedApart() {
    var again = new Claim(claim.batch(), claim.token() + 1, claim.attempts(), claim.unpaused());
    claims.open(List.of(claim));
    claims.open(List.of(again));
    assertThat(claims.isLastCall(claim)).isFalse();
    claims.close(claim);
    assertThat(claims.isOpen(again)).isTrue();
    assertThat(claims.isLastCall(again)).as("its own first call").isFalse();
    assertThat(claims.batches()).containsExactly(7L);
  }

  @Test
  void everyCloseIsReportedAfterTheClaimIsGone() {
    var wasEmpty = new AtomicInteger();
    var seen = new OpenClaims[1];
    seen[0] = new OpenClaims(() -> wasEmpty.addAndGet(seen[0].isEmpty() ? 1 : 0));
    seen[0].open(List.of(claim));
    assertThat(wasEmpty).hasValue(0);
    seen[0].close(claim);
    assertThat(wasEmpty).hasValue(1);
    claims.open(List.of(claim));
    claims.close(claim);
    assertThat(closed).hasValue(1);
  }
}
