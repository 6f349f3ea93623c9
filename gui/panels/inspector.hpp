#pragma once

#include <functional>
#include <optional>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>

#include "gui/model/editor.hpp"
#include "gui/model/edits.hpp"

class QFormLayout;

namespace peerscape::gui {

/// The properties of what is selected; of the lab itself when nothing is. A field takes effect when it is
/// left or Enter is pressed; one that cannot be understood is marked and says what was expected.
class Inspector final : public QScrollArea {
    Q_OBJECT

  public:
    explicit Inspector(Editor& editor, QWidget* parent = nullptr);

    void inspect(const Selection& selection);
    /// A field by the name its label has in English: "asn", "protocols", "config" …; null: it is not there.
    QWidget* field(const QString& name) const;

  private:
    void rebuild();
    void showLab(QFormLayout& form);
    void showRouter(QFormLayout& form, const RouterEntry& router);
    void showHost(QFormLayout& form, const HostEntry& host);
    void showLink(QFormLayout& form, const LinkEntry& link);
    void showGroup(QFormLayout& form, const GroupEntry& group);
    void showNote(QFormLayout& form, std::size_t index);
    void showSeveral(QFormLayout& form);
    void addReflectorChoice(QFormLayout& form, const RouterEntry& router);
    void addIntendedConfiguration(QFormLayout& form, const std::string& node);
    void addConfiguration(QFormLayout& form, const std::string& node);
    void addGroupChoice(QFormLayout& form, const std::string& node);

    /// A line of text; `take` gives the lab with the text taken, or says what was expected.
    using Take = std::function<Result<LabFile>(const std::string& text)>;
    QLineEdit* addLine(QFormLayout& form, const QString& label, const QString& name, const std::string& text,
                       const QString& gesture, Take take);
    void heading(QFormLayout& form, const QString& kind, const QString& name);

    Editor& editor_;
    Selection selection_;
    bool isTaking_ = false;  ///< a field's own change must not rebuild it while it is being left
};

}  // namespace peerscape::gui
