#pragma once

#include <QDialog>
#include <QStringList>

namespace peerscape::gui {

class ConfigEditor;

/// Asks for lines of configuration that a router is given while it runs, on top of those it has.
class ConfigureDialog final : public QDialog {
    Q_OBJECT

  public:
    explicit ConfigureDialog(const QString& node, QWidget* parent = nullptr);

    /// What was typed, without empty lines.
    QStringList lines() const;
    ConfigEditor& editor() { return *editor_; }
    /// There are lines, and the router would understand them.
    bool canBeTaken() const;

  private:
    ConfigEditor* editor_;
};

}  // namespace peerscape::gui
