// Dot product of integers and ternary weights by tables: the sums of PACKING neighbouring integers
// stand in a table, as many weights are an index of it. Twin of macroscope.unit.TernaryTableUnit.
//
// A pass enters each clock cycle: tables and codes are registered, and the next edge loads the sum. The
// pass with first = 1 starts a sum from addend, which is read in the cycle after its operands entered.
// A code is an index, below a sign where a table is HALF of one (see ternary_sums).
module ternary_table_dot #(
  parameter OPERAND_BITS = 8,
  parameter PACKING      = 2,
  parameter TABLES       = 4,
  parameter INDEX_BITS   = 4,
  parameter HALF         = 0,
  // Sums that are stored; NOTHING is the index of the one that is not, -1 if all are.
  parameter SUMS         = 8,
  parameter NOTHING      = 4,
  parameter ENTRY_BITS   = 10,
  parameter ACC_BITS     = 32
) (
  input                                    clk,
  input                                    first,
  input  [TABLES*PACKING*OPERAND_BITS-1:0] operand,
  input  [TABLES*(INDEX_BITS+HALF)-1:0]    codes,
  input  [ACC_BITS-1:0]                    addend,
  output reg [ACC_BITS-1:0]                sum
);
  localparam CODE_BITS = INDEX_BITS + HALF;
  localparam ENTRIES   = NOTHING < 0 ? SUMS : SUMS + 1;
  localparam TERM_BITS = ENTRY_BITS + HALF;
  localparam PASS_BITS = TERM_BITS + $clog2(TABLES);

  // Tables, which units that get the same operand would share.
  wire [TABLES*SUMS*ENTRY_BITS-1:0] entries;
  reg  [TABLES*SUMS*ENTRY_BITS-1:0] table_entries;
  reg  [TABLES*CODE_BITS-1:0]       codes_entered;
  reg                               first_entered;
  always @(posedge clk) begin
    first_entered <= first;
    codes_entered <= codes;
    table_entries <= entries;
  end

  wire [TABLES*TERM_BITS-1:0] terms;
  genvar t;
  generate
    for (t = 0; t < TABLES; t = t + 1) begin : tables
      ternary_sums #(
        .PACKING(PACKING), .OPERAND_BITS(OPERAND_BITS), .BITS(ENTRY_BITS), .SUMS(SUMS)
      ) build (
        .operands(operand[t*PACKING*OPERAND_BITS +: PACKING*OPERAND_BITS]),
        .sums(entries[t*SUMS*ENTRY_BITS +: SUMS*ENTRY_BITS]));

      wire [SUMS*ENTRY_BITS-1:0]    stored = table_entries[t*SUMS*ENTRY_BITS +: SUMS*ENTRY_BITS];
      wire [ENTRIES*ENTRY_BITS-1:0] whole;
      if (NOTHING < 0) begin : every_sum
        assign whole = stored;
      end else if (NOTHING == 0) begin : nothing_first
        assign whole = {stored, {ENTRY_BITS{1'b0}}};
      end else begin : nothing_between
        assign whole = {stored[SUMS*ENTRY_BITS-1:NOTHING*ENTRY_BITS], {ENTRY_BITS{1'b0}},
                        stored[NOTHING*ENTRY_BITS-1:0]};
      end

      wire [CODE_BITS-1:0]  code  = codes_entered[t*CODE_BITS +: CODE_BITS];
      wire [INDEX_BITS-1:0] index = code[INDEX_BITS-1:0];
      wire [ENTRY_BITS-1:0] entry;
      table_entry #(.ENTRIES(ENTRIES), .BITS(ENTRY_BITS), .INDEX_BITS(INDEX_BITS)) choose (
        .entries(whole), .index(index), .entry(entry));
      if (HALF != 0) begin : signed_code
        wire negative = code[CODE_BITS-1];
        assign terms[t*TERM_BITS +: TERM_BITS] =
            ({entry[ENTRY_BITS-1], entry} ^ {TERM_BITS{negative}}) + negative;
      end else begin : plain_code
        assign terms[t*TERM_BITS +: TERM_BITS] = entry;
      end
    end
  endgenerate

  wire [PASS_BITS-1:0] pass;
  adder_tree #(.TERMS(TABLES), .BITS(TERM_BITS), .SIGNED(1)) tree (.terms(terms), .sum(pass));

  wire [ACC_BITS-1:0] next;
  integer_accumulator #(
    .PASS_BITS(PASS_BITS), .PASS_SIGNED(1), .ACC_BITS(ACC_BITS), .SATURATING(0)
  ) accumulate (
    .accumulator(first_entered ? addend : sum), .pass(pass), .next(next));

  always @(posedge clk) sum <= next;
endmodule
