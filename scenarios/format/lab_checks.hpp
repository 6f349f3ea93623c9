#pragma once

#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"

/// What can only be said about a lab as a whole, once every entry has been read.
namespace peerscape {

/// Names that stand twice, names of nothing, groups inside themselves, interfaces used twice, impossible
/// relations.
void checkNames(const LabFile& lab, DiagnosticList& problems);
/// The names that steps, probes, flows and expectations refer to. A link added by a step exists from that
/// step on.
void checkSteps(const LabFile& lab, DiagnosticList& problems);
/// Addresses that collide, that no interface can have, or that do not fit their link.
void checkAddresses(const LabFile& lab, DiagnosticList& problems);

/// Numbers that nobody can have, one number for two groups that have nothing to do with each other, and
/// groups called multihomed with a single provider: warnings.
void checkAsNumbers(const LabFile& lab, DiagnosticList& problems);

}  // namespace peerscape
