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
  // Selected bit by bit, since an index times ENTRY_BITS would become a shifter of the whole table.
  wire [INPUTS-1:0] index;
  wire [ENTRY_BITS-1:0] entry;
  genvar i, j;
  generate
    for (j = 0; j < ENTRY_BITS; j = j + 1) begin : bit_of_entries
      wire [ENTRIES-1:0] column;
      for (i = 0; i < ENTRIES; i = i + 1) begin : row
        assign column[i] = entries[i*ENTRY_BITS+j];
      end
      if (ENTRIES == 1) begin : only
        assign entry[j] = column[0];
      end else begin : choice
        assign entry[j] = column[index[$clog2(ENTRIES)-1:0]];
      end
    end
    if (DIGITS == 2) begin : half
      wire plus = bits[INPUTS-1];
      assign index = (FOLDED != 0) | plus ? bits : ~bits;
      assign term = ({entry[ENTRY_BITS-1], entry} ^ {(ENTRY_BITS + 1){~plus}}) + !plus;
    end else begin : full
      assign index = bits;
      assign term = {entry[ENTRY_BITS-1], entry};
    end
  endgenerate
endmodule
