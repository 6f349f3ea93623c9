#pragma once

#include <string>
#include <utility>

#include "engine/base/hash.hpp"

namespace peerscape {

/// What a note says, as facts: few notes are ever read, so the sentence is made only for a reader. Immutable.
class Remark {
  public:
    virtual ~Remark() = default;

    /// In words a reader of the log understands, without a full stop.
    virtual std::string text() const = 0;
    /// Adds every fact: the fingerprint of a run sees these, and not the text.
    virtual void addTo(StableHash& hash) const = 0;
};

/// A remark that is a sentence from the beginning: for what seldom happens.
class PlainRemark final : public Remark {
  public:
    explicit PlainRemark(std::string text) : text_(std::move(text)) {}

    std::string text() const override { return text_; }
    void addTo(StableHash& hash) const override { hash.add(text_); }

  private:
    std::string text_;
};

}  // namespace peerscape
