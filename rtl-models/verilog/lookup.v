// What one plane makes of INPUTS neighbours: an entry of their table, chosen by their bits.
//
// DIGITS 0: bits are 0 and 1, the table has all subsets. DIGITS 1: bits are -1 and 1, the table has all
// signs. DIGITS 2: as 1, but only the sums that end in plus are stored; one that ends in minus is minus
// the entry of the complemented index, which FOLDED planes hold complemented already.
module lookup #(
  parameter INPUTS     = 4,
  parameter DIGITS     = 2,
  parameter FOLDED     = 0,
  parameter ENTRIES    = 8,
  parameter ENTRY_BITS = 10
) (
  input  [ENTRIES*ENTRY_BITS-1:0] entries,
  input  [INPUTS-1:0]             bits,
  output [ENTRY_BITS:0]           term
);
  generate
    if (DIGITS == 2) begin : half
      wire plus = bits[INPUTS-1];
      wire [ENTRY_BITS-1:0] entry;
      if (INPUTS == 1) begin : sign
        assign entry = entries;
      end else begin : choice
        wire [INPUTS-2:0] low   = bits[INPUTS-2:0];
        wire [INPUTS-2:0] index = (FOLDED != 0) | plus ? low : ~low;
        assign entry = entries[index*ENTRY_BITS +: ENTRY_BITS];
      end
      assign term = plus ? {entry[ENTRY_BITS-1], entry} : -{entry[ENTRY_BITS-1], entry};
    end else begin : full
      wire [ENTRY_BITS-1:0] entry = entries[bits*ENTRY_BITS +: ENTRY_BITS];
      assign term = {entry[ENTRY_BITS-1], entry};
    end
  endgenerate
endmodule
