package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;
import static macroscope.hardware.Role.TABLE;

import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.ConstantTable;
import macroscope.hardware.Component.LeadingZeroCounter;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Sharing;
import macroscope.tensor.VectorCodebook;

/**
 * What a unit for codebooks of vectors is built from. Codebooks and activation tables are registers
 * that the units with the same activations read at once, each through a selector of its own; a unit is
 * charged its share.
 */
public final class CodebookHardware {

  private static final FloatFormat SUM = Formats.BINARY32;

  /** Bits of an element of an entry of E8P: a sign and twice the magnitude. */
  private static final int E8P_BITS = 4;

  /** The units that get the same activations read one copy. */
  private static final Sharing SHARING = new Sharing(Sharing.Operand.LEFT, 0);

  private CodebookHardware() {}

  public static Inventory inventory(CodebookSpec spec) {
    InventoryBuilder parts = new InventoryBuilder();
    int index = spec.indexBits().stream().mapToInt(bits -> bits).sum();
    parts.working(spec.vectors(), 1);
    parts.add(STORAGE, "index registers", new Register(index));
    if (spec.form() == CodebookSpec.Form.DECODE) {
      decode(parts, spec);
    } else {
      tables(parts, spec);
    }
    parts.add(ACCUMULATOR, "accumulator register", new Register(SUM.bits()));
    parts.add(CONTROL, "first-pass flag", new Register(1));
    return parts.build();
  }

  /**
   * A product a cycle; or a lookup a cycle, as many for each vector as there are codebooks.
   */
  public static Pipeline pipeline(CodebookSpec spec) {
    return spec.form() == CodebookSpec.Form.DECODE
        ? Pipeline.singleStage(
            List.of("look up", "decode", "multiply", "add", "round"), spec.length())
        : Pipeline.singleStage(
            List.of("look up", "add", "round"), spec.vectors() * spec.indexBits().size());
  }

  /** A vector is read and added up once, its elements are multiplied one after another. */
  private static void decode(InventoryBuilder parts, CodebookSpec spec) {
    int word = spec.dimension() * spec.stored().bits();
    if (spec.book() == CodebookSpec.Book.E8P) {
      point(parts, 1);
    } else {
      readEntries(parts, spec, word);
    }
    int additions = (spec.indexBits().size() - 1) * spec.dimension();
    if (additions > 0) {
      FloatParts.adder(parts, ALIGNER_AND_TREE, "sum of entries", spec.stored(), additions);
    }
    if (spec.scale() == CodebookSpec.Scale.BEFORE) {
      FloatParts.multiplier(parts, QUANTIZER, "element scale", spec.stored(), spec.dimension());
      parts.add(STORAGE, "scale register", new Register(spec.stored().bits()));
    }
    parts.add(STORAGE, "decoded vector", new Register(word));
    parts.working(spec.length(), 1);
    parts.add(STORAGE, "activation register", new Register(spec.a().bits()));
    FloatParts.fusedMultiplyAdd(
        parts,
        MULTIPLIER,
        ALIGNER_AND_TREE,
        ACCUMULATOR,
        "multiply-add",
        spec.a(),
        spec.stored(),
        SUM,
        1);
  }

  private static void readEntries(InventoryBuilder parts, CodebookSpec spec, int word) {
    for (int bits : spec.indexBits()) {
      int entries = 1 << bits;
      parts.shared(SHARING);
      parts.add(TABLE, "codebook", new Register(Math.multiplyExact(entries, word)));
      parts.unshared();
      parts.add(TABLE, "codebook selector", new Multiplexer(entries, word));
    }
  }

  /**
   * Points of E8P: eight numbers of four bits among 256 constants (1 KiB, QuIP# section 4.2), the parity of
   * the signs, signs, a quarter added or subtracted, and eight small integers as floats.
   */
  private static void point(InventoryBuilder parts, int points) {
    long[] entries = VectorCodebook.entriesOfE8p();
    parts.add(TABLE, "entry of E8P", ConstantTable.of(8, 8 * E8P_BITS, entries), points);
    parts.add(CONTROL, "parity of signs", new Negator(1), 7 * points);
    parts.add(ALIGNER_AND_TREE, "signs", new Negator(E8P_BITS), 8 * points);
    parts.add(ALIGNER_AND_TREE, "quarters", new Adder(E8P_BITS), 8 * points);
    parts.add(QUANTIZER, "leading zeros", new LeadingZeroCounter(E8P_BITS), 8 * points);
    parts.add(QUANTIZER, "normaliser", new Shifter(E8P_BITS, E8P_BITS - 1), 8 * points);
  }

  /** Builders renew a table while each unit reads it {@code reuse} times. */
  private static void tables(InventoryBuilder parts, CodebookSpec spec) {
    int lookups = spec.vectors() * spec.indexBits().size();
    int entry = spec.table().bits();
    int stored = spec.dimension() * spec.stored().bits();
    parts.shared(SHARING);
    for (int bits : spec.indexBits()) {
      int entries = 1 << bits;
      int products = Math.multiplyExact(entries, spec.dimension());
      int builders = (products + spec.reuse() - 1) / spec.reuse();
      parts.working(spec.vectors(), 1);
      if (spec.book() == CodebookSpec.Book.E8P) {
        point(parts, 1);
      } else {
        parts.add(TABLE, "codebook", new Register(Math.multiplyExact(entries, stored)));
      }
      parts.add(TABLE, "activation table", new Register(Math.multiplyExact(entries, entry)));
      parts.working(
          Math.multiplyExact(spec.vectors(), products), Math.multiplyExact(spec.reuse(), builders));
      FloatParts.fusedMultiplyAdd(
          parts, TABLE, TABLE, TABLE, "table builder", spec.a(), spec.stored(), SUM, builders);
      parts.add(STORAGE, "activation register", new Register(spec.a().bits()), builders);
    }
    parts.unshared().working(spec.vectors(), 1);
    for (int bits : spec.indexBits()) {
      parts.add(TABLE, "table selector", new Multiplexer(1 << bits, entry));
    }
    parts.working(lookups, 1);
    FloatParts.adder(parts, ACCUMULATOR, "accumulation", SUM, 1);
  }
}
