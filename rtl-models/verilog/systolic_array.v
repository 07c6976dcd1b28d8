// Output-stationary systolic array of integer multiply-accumulate units: rows of A move to the right, a
// unit each clock cycle, columns of B move down, each unit keeps its sum.
// Twin of macroscope.machine.SystolicCycles with units of macroscope.unit.IntegerMacUnit.
//
// A pass of all rows and columns enters each cycle; the array skews them. first marks the first pass of
// a tile, valid its last one; tiles may follow each other without gaps. A unit's result lies at
// results[(row*COLUMNS+column)*(ACC_BITS+1) +: ACC_BITS+1], the highest bit 1 in the one cycle in which
// it is complete, else all of it 0.
module systolic_array #(
  parameter ROWS       = 2,
  parameter COLUMNS    = 2,
  parameter A_BITS     = 8,
  parameter A_SIGNED   = 1,
  parameter B_BITS     = 8,
  parameter B_SIGNED   = 1,
  parameter LENGTH     = 1,
  parameter ACC_BITS   = 32,
  parameter SATURATING = 0
) (
  input                                  clk,
  input                                  valid,
  input                                  first,
  input  [ROWS*LENGTH*A_BITS-1:0]        a,
  input  [COLUMNS*LENGTH*B_BITS-1:0]     b,
  output                                 result_valid,
  output [ROWS*COLUMNS*(ACC_BITS+1)-1:0] results
);
  localparam A_PASS  = LENGTH * A_BITS;
  localparam B_PASS  = LENGTH * B_BITS;
  localparam RESULT  = ACC_BITS + 1;
  localparam LONGEST = ROWS + COLUMNS - 2;
  // Cycles from the operands of a unit to its result, its operand registers included.
  localparam UNIT    = 2;

  // Tags go as far as the unit is from the first one, and as long as its results take.
  wire [LONGEST:0]           starts;
  wire [LONGEST:0]           ends;
  wire [ROWS*COLUMNS-1:0]    done;
  wire [(COLUMNS+1)*ROWS*A_PASS-1:0] from_left;
  wire [(ROWS+1)*COLUMNS*B_PASS-1:0] from_above;
  genvar i, j;
  generate
    for (i = 0; i <= LONGEST; i = i + 1) begin : distance
      delay #(.BITS(1), .CYCLES(i)) start (.clk(clk), .word(first), .delayed(starts[i]));
      delay #(.BITS(1), .CYCLES(i + UNIT)) finish (.clk(clk), .word(valid), .delayed(ends[i]));
    end
    for (i = 0; i < ROWS; i = i + 1) begin : skew_row
      delay #(.BITS(A_PASS), .CYCLES(i)) wait_for_b (
        .clk(clk), .word(a[i*A_PASS +: A_PASS]), .delayed(from_left[i*A_PASS +: A_PASS]));
    end
    for (j = 0; j < COLUMNS; j = j + 1) begin : skew_column
      delay #(.BITS(B_PASS), .CYCLES(j)) wait_for_a (
        .clk(clk), .word(b[j*B_PASS +: B_PASS]), .delayed(from_above[j*B_PASS +: B_PASS]));
    end
    for (i = 0; i < ROWS; i = i + 1) begin : row
      for (j = 0; j < COLUMNS; j = j + 1) begin : column
        wire [ACC_BITS-1:0] sum;
        integer_mac #(
          .A_BITS(A_BITS), .A_SIGNED(A_SIGNED), .B_BITS(B_BITS), .B_SIGNED(B_SIGNED),
          .LENGTH(LENGTH), .ACC_BITS(ACC_BITS), .SATURATING(SATURATING)
        ) unit (
          .clk(clk),
          .first(starts[i+j]),
          .a(from_left[(j*ROWS+i)*A_PASS +: A_PASS]),
          .b(from_above[(i*COLUMNS+j)*B_PASS +: B_PASS]),
          .addend({ACC_BITS{1'b0}}),
          .sum(sum),
          .a_entered(from_left[((j+1)*ROWS+i)*A_PASS +: A_PASS]),
          .b_entered(from_above[((i+1)*COLUMNS+j)*B_PASS +: B_PASS]));
        assign done[i*COLUMNS+j] = ends[i+j];
        assign results[(i*COLUMNS+j)*RESULT +: RESULT] = {ends[i+j], sum & {ACC_BITS{ends[i+j]}}};
      end
    end
  endgenerate
  assign result_valid = |done;
endmodule
