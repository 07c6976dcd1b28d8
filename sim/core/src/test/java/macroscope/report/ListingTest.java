package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {

  private static final Listing LISTING =
      new Listing(
          List.of("name", "bits", "note"),
          List.of(List.of("e4m3fn", 8, ""), List.of("a,b", 12.5, "")));

  @Test
  void theTableAlignsNumbersRightAndLeavesEmptyColumnsOut() {
    assertThat(LISTING.table()).isEqualTo("name    bits\ne4m3fn     8\na,b     12.5\n");
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    assertThat(LISTING.csv()).isEqualTo("name,bits,note\ne4m3fn,8,\n\"a,b\",12.5,\n");
  }

  @Test
  void jsonLeavesEmptyCellsOut() {
    assertThat(LISTING.json())
        .isEqualTo("[{\"name\":\"e4m3fn\",\"bits\":8},{\"name\":\"a,b\",\"bits\":12.5}]\n");
  }

  @Test
  void numbersThatJsonLacksBecomeStrings() {
    Listing infinite = new Listing(List.of("x"), List.of(List.of(Double.POSITIVE_INFINITY)));
    assertThat(infinite.json()).isEqualTo("[{\"x\":\"Infinity\"}]\n");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new Listing(List.of("x"), List.of(List.of(1, 2))))
        .hasMessage("a row must have 1 cells: [1, 2]");
  }
}
