#pragma once

#include <memory>
#include <utility>

#include "engine/base/bytes.hpp"
#include "engine/base/prefetch.hpp"

namespace peerscape {

/// A protocol message as a value that never changes once sent. It can always say its bytes.
class Message {
  public:
    virtual ~Message() = default;
    /// Exactly the bytes that stand behind the UDP, TCP or IP header.
    virtual void encode(ByteWriter& out) const = 0;
    /// How many bytes encode() writes; cheap, since links need it for every packet.
    virtual std::size_t encodedSize() const = 0;
};

/// A message of which nothing is known but its bytes.
class BytesMessage final : public Message {
  public:
    explicit BytesMessage(Bytes bytes) : bytes_(std::move(bytes)) {}
    void encode(ByteWriter& out) const override { out.append(bytes_); }
    std::size_t encodedSize() const override { return bytes_.size(); }

  private:
    Bytes bytes_;
};

/// What a packet carries: bytes, or a message that becomes bytes when somebody looks.
/// The receiver asks for the message type it knows, and decodes the bytes when it is not there.
class Payload {
  public:
    Payload() = default;
    explicit Payload(Bytes bytes) : bytes_(std::make_shared<const Bytes>(std::move(bytes))) {}
    explicit Payload(std::shared_ptr<const Message> message) : message_(std::move(message)) {}

    std::size_t size() const { return message_ ? message_->encodedSize() : bytes_ ? bytes_->size() : 0; }
    bool isEmpty() const { return size() == 0; }

    Bytes bytes() const {
        if (bytes_) return *bytes_;
        if (!message_) return {};
        ByteWriter writer;
        message_->encode(writer);
        return writer.take();
    }
    /// The message; bytes become one. Never null.
    std::shared_ptr<const Message> message() const {
        return message_ ? message_ : std::make_shared<const BytesMessage>(bytes());
    }
    /// Asks memory for the beginning of the message.
    void prefetch() const { peerscape::prefetch(message_.get(), message_ ? kMostlyRead : 0); }
    /// The message itself, when it travelled as one and is of this type.
    template <typename T>
    const T* as() const {
        return dynamic_cast<const T*>(message_.get());
    }

  private:
    static constexpr std::size_t kMostlyRead = 128;

    std::shared_ptr<const Bytes> bytes_;
    std::shared_ptr<const Message> message_;
};

}  // namespace peerscape
